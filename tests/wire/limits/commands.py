"""The commands of an application: interactions/application-commands#application-command-object."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.wire.judge import (
    Breach,
    Json,
    Rule,
    Way,
    by,
    flag,
    many,
    mapping,
    number,
    one_of,
    shape,
    snowflake,
    text,
    unlike,
)
from tests.wire.limits.answers import CHOICE
from tests.wire.limits.components import CHANNEL_TYPES

CHAT, USER, MENU, ENTRY = 1, 2, 3, 4
MOST = {CHAT: 100, USER: 15, MENU: 15, ENTRY: 1}  # #registering-a-command
CHARACTERS = 8000
"""Of all names, descriptions and values of a command, of each in its longest language: reference#error-messages."""
SUB_COMMAND, GROUP, STRING, INTEGER, BOOLEAN, MEMBER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(1, 12)
# reference#locales
LOCALES = {
    *("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"),
    *("ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"),
}
LETTERS = r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}"
"""By #application-command-object-application-command-naming; Thai and Devanagari have marks that are no letters."""


def name(value: Any, way: Way) -> Iterator[Breach]:
    """Require the name of a command or an option: #application-command-object-application-command-naming."""
    breaches = list(text(1, 32, LETTERS)(value, way))
    yield from breaches
    if not breaches and value != value.lower():
        yield Breach(way, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


DESCRIPTION = text(1, 100)
NAMED: dict[str, Rule] = {
    "name": name,
    "name_localizations?": mapping(LOCALES, name),
    "description": DESCRIPTION,
    "description_localizations?": mapping(LOCALES, DESCRIPTION),
}
# #application-command-object-application-command-option-structure
TAKEN: dict[str, Rule] = {**NAMED, "required?": flag}
LENGTHS: dict[str, Rule] = {"min_length?": number(0, 6000), "max_length?": number(1, 6000)}
BOUNDS: dict[str, Rule] = {"min_value?": number(-(2**53), 2**53), "max_value?": number(-(2**53), 2**53)}
CHOOSING: dict[str, Rule] = {"choices?": many(CHOICE, 0, 25), "autocomplete?": flag}


def _one_way_to_choose(option: Json) -> Iterator[Breach]:
    if option.get("choices") and option.get("autocomplete"):
        said = "Cannot use autocomplete with choices"
        yield Breach(("autocomplete",), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", said)


def _required_first(command: Json) -> Iterator[Breach]:
    optional = False
    for place, option in enumerate(command.get("options") or []):
        if optional and option.get("required"):
            said = "Required options must be placed before non-required options"
            yield Breach(("options", str(place)), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", said)
        optional |= not option.get("required")


ALL_UNLIKE = unlike("options", "name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID")
# #application-command-object-application-command-option-type
VALUES: dict[int, Rule] = {
    STRING: shape({**TAKEN, **CHOOSING, **LENGTHS}, _one_way_to_choose),
    INTEGER: shape({**TAKEN, **CHOOSING, **BOUNDS}, _one_way_to_choose),
    NUMBER: shape({**TAKEN, **CHOOSING, **BOUNDS}, _one_way_to_choose),
    CHANNEL: shape({**TAKEN, "channel_types?": many(one_of(*CHANNEL_TYPES), 0, 25)}),
    **dict.fromkeys((BOOLEAN, MEMBER, ROLE, MENTIONABLE, FILE), shape(TAKEN)),
}
# #subcommands-and-subcommand-groups
SUB = shape({**NAMED, "options?": many(by("type", VALUES), 0, 25)}, _required_first, ALL_UNLIKE)
SUBS = shape({**NAMED, "options": many(by("type", {SUB_COMMAND: SUB}), 1, 25)}, ALL_UNLIKE)
ANY = {**VALUES, SUB_COMMAND: SUB, GROUP: SUBS}


def _parts_or_values(command: Json) -> Iterator[Breach]:
    kinds = {option["type"] in {SUB_COMMAND, GROUP} for option in command.get("options") or []}
    if len(kinds) > 1:
        said = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        yield Breach(("options",), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", said)


def _not_too_large(command: Json) -> Iterator[Breach]:
    if sum(_lengths(command)) > CHARACTERS:
        said = f"Command exceeds maximum size ({CHARACTERS})"
        yield Breach((), "APPLICATION_COMMAND_TOO_LARGE", said)


def _lengths(part: Json) -> Iterator[int]:
    for key in ("name", "description", "value"):
        told = [part.get(key), *(part.get(f"{key}_localizations") or {}).values()]
        yield max(len(each) if isinstance(each, str) else 0 for each in told)
    for each in (*(part.get("options") or []), *(part.get("choices") or [])):
        yield from _lengths(each)


# #application-command-object-application-command-structure
OFFERED: dict[str, Rule] = {
    "default_member_permissions?": snowflake,  # a number in a text; it is taken as a number, too
    "nsfw?": flag,
    "dm_permission?": flag,
    "contexts?": many(one_of(0, 1, 2), 0, 3),
    "integration_types?": many(one_of(0, 1), 0, 2),
}
# Names in menus may have capitals and blanks, and there is nothing to say of them.
IN_A_MENU = shape(
    {
        **OFFERED,
        "name": text(1, 32),
        "name_localizations?": mapping(LOCALES, text(1, 32)),
        "description?": text(0, 0),
        "options?": many(shape({}), 0, 0),
    }
)
TYPED = shape(
    {**NAMED, **OFFERED, "options?": many(by("type", ANY), 0, 25)},
    _required_first,
    _parts_or_values,
    ALL_UNLIKE,
    _not_too_large,
)
COMMAND = by("type", {CHAT: TYPED, USER: IN_A_MENU, MENU: IN_A_MENU}, default=CHAT)


def commands(value: Any, way: Way) -> Iterator[Breach]:
    """Require all commands of an application: not too many, no two of a kind alike: #registering-a-command."""
    breaches = list(many(COMMAND, 0, sum(MOST.values()))(value, way))
    yield from breaches
    if breaches:
        return
    kinds = [each.get("type", CHAT) for each in value]
    for kind, times in Counter(kinds).items():
        if times > MOST[kind]:
            said = f"Maximum number of application commands reached ({MOST[kind]})."
            yield Breach(way, "APPLICATION_COMMANDS_MAX", said)
    if len({(kind, each["name"]) for kind, each in zip(kinds, value, strict=True)}) < len(value):
        yield Breach(way, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
