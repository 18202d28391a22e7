"""Answers to interactions: interactions/receiving-and-responding#interaction-response-object."""

from tests.wire.judge import Rule, anything, bits, by, many, shape, text
from tests.wire.limits.messages import EPHEMERAL, MODAL

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, ASK = 4, 5, 6, 7, 8, 9
# interactions/application-commands#application-command-object-application-command-option-choice-structure
CHOICE = shape({"name": text(1, 100), "value": lambda value, way: text(1, 100)(str(value), way)})
ANSWERS: dict[int, Rule] = {
    MESSAGE: shape({"data": anything}),  # held to the rules of messages where it is kept
    DEFER: shape({"data?": shape({"flags?": bits(EPHEMERAL)})}),
    DEFER_UPDATE: shape({}),
    UPDATE: shape({"data": anything}),  # as above
    CHOICES: shape({"data": shape({"choices": many(CHOICE, 0, 25)})}),
    ASK: shape({"data": MODAL}),
}
ALLOWED: dict[int, tuple[int, ...]] = {
    COMMAND: (MESSAGE, DEFER, ASK),
    COMPONENT: (MESSAGE, DEFER, DEFER_UPDATE, UPDATE, ASK),
    AUTOCOMPLETE: (CHOICES,),
    SUBMIT: (MESSAGE, DEFER, DEFER_UPDATE, UPDATE),
}


def answer(kind: int) -> Rule:
    """Return the rule for the answer to a kind of interaction."""
    return by("type", {each: ANSWERS[each] for each in ALLOWED[kind]})
