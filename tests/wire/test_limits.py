from typing import Any

import pytest

from tests.wire.limits import check_choices, check_commands, check_modal

Json = dict[str, Any]
FINE: Json = {
    "name": "next",
    "description": "Read on.",
    "options": [{"name": "who", "description": "Whom?", "type": 3}],
}
MODAL: Json = {"title": "When?", "custom_id": "scheduled", "components": [{}]}


def test_what_keeps_to_the_limits_is_taken() -> None:
    assert check_commands([FINE, {"name": "Bookmark this", "type": 3}]) is None
    assert check_choices([{"name": "Anna", "value": "anna"}] * 25) is None
    assert check_modal(MODAL) is None


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ({**FINE, "name": "x" * 33}, "a name that is empty or too long"),
        ({**FINE, "name": "Next"}, "a name in capitals"),
        ({**FINE, "description": ""}, "a description that is empty or too long"),
        ({**FINE, "options": FINE["options"] * 26}, "more than 25 options"),
        ({**FINE, "options": [{**FINE["options"][0], "choices": [{"name": "", "value": 1}]}]}, "a choice that is"),
        ({**FINE, "options": [{**FINE, "options": [{**FINE, "description": "x" * 100}] * 25}] * 4}, "more than 8000"),
    ],
)
def test_a_command_over_a_limit_is_refused(command: Json, said: str) -> None:
    assert str(check_commands([command])).startswith(said)


def test_more_commands_than_discord_takes_are_refused() -> None:
    assert check_commands([FINE] * 101) == "more than 100 commands"


def test_more_choices_than_discord_takes_are_refused() -> None:
    assert check_choices([{"name": "Anna", "value": "anna"}] * 26) == "more than 25 choices"


@pytest.mark.parametrize("wrong", [{"title": "x" * 46}, {"custom_id": ""}, {"components": []}])
def test_a_modal_over_a_limit_is_refused(wrong: Json) -> None:
    assert check_modal({**MODAL, **wrong})
