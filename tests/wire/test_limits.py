"""What Discord takes and what it refuses, shape by shape."""

from typing import Any

import pytest

from tests.wire.components import number_components
from tests.wire.judge import Json, Rule, told
from tests.wire.limits import answers, places
from tests.wire.limits.commands import commands
from tests.wire.limits.messages import ANSWERED, EPHEMERAL, MODAL, POSTED, V2

LATER, LATEST = "2030-01-01T20:00:00+00:00", "2030-01-01T22:00:00+00:00"
TEXT: Json = {"type": 10, "content": "Text."}
PRESS: Json = {"type": 2, "style": 1, "label": "Press", "custom_id": "press"}
PICTURE: Json = {"media": {"url": "attachment://map.png"}, "description": "A map"}
ANNA: Json = {"label": "Anna", "value": "anna"}
CHOOSE: Json = {"type": 3, "custom_id": "choose", "options": [ANNA]}
LINE: Json = {"type": 4, "style": 1, "custom_id": "line"}
WHO: Json = {"name": "who", "description": "Whom?", "type": 3}
NEXT: Json = {"name": "next", "description": "Read on.", "type": 1, "options": [WHO]}
ABROAD: Json = {
    "name": "Reading",
    "privacy_level": 2,
    "entity_type": 3,
    "entity_metadata": {"location": "Here"},
    "scheduled_start_time": LATER,
    "scheduled_end_time": LATEST,
}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def presses(times: int) -> list[Json]:
    return [PRESS | {"custom_id": f"press:{n}"} for n in range(times)]


def box(*components: Json, **more: object) -> Json:
    return {"type": 17, "components": list(components), **more}


def beside(accessory: Json, *texts: Json) -> Json:
    return {"type": 9, "components": list(texts or [TEXT]), "accessory": accessory}


def shown(*components: Json, **more: object) -> Json:
    return {"components": list(components), "flags": V2, **more}


def with_map(*components: Json) -> Json:
    return shown(*components, attachments=[{"id": 0, "filename": "map.png"}])


def asking(*components: Json, **more: object) -> Json:
    return {"title": "When?", "custom_id": "scheduled", "components": list(components), **more}


def label(component: Json, **more: object) -> Json:
    return {"type": 18, "label": "When?", "component": component, **more}


def codes(rule: Rule, body: Any) -> list[str]:
    return [breach.code for breach in rule(body, ())]


@pytest.mark.parametrize(
    "body",
    [
        shown(TEXT),
        shown(TEXT, row(*presses(5))),
        shown(*([row(*presses(1))] * 0), *[TEXT] * 40),
        shown({**TEXT, "content": "a" * 4000}),
        shown({**TEXT, "content": "\u200b"}),
        shown(box(TEXT, {"type": 14, "spacing": 2, "divider": True}, row(CHOOSE), accent_color=0xFFFFFF)),
        shown(box(beside(PRESS))),
        with_map({"type": 12, "items": [PICTURE]}, {"type": 13, "file": PICTURE["media"]}),
        with_map(beside({"type": 11, **PICTURE}, TEXT, TEXT, TEXT)),
        shown(row({"type": 2, "style": 5, "label": "Site", "url": "https://example.org"})),
        shown(row({"type": 2, "style": 6, "sku_id": "7"})),
        shown(row({"type": 2, "style": 2, "custom_id": "p", "label": None, "emoji": {"name": "🦊"}})),
        shown(row({"type": 8, "custom_id": "where", "channel_types": [0, 11], "min_values": 0, "max_values": 25})),
        shown(row({"type": 5, "custom_id": "who", "default_values": [{"id": "7", "type": "user"}]})),
        {"content": "Words.", "components": [row(PRESS)], "nonce": "1" * 25, "enforce_nonce": True},
        {"content": "Words.", "allowed_mentions": {"parse": [], "roles": ["7"], "replied_user": False}},
    ],
)
def test_a_message_that_keeps_to_the_limits_is_taken(body: Json) -> None:
    assert list(POSTED(body, ())) == []


LONG = "BASE_TYPE_BAD_LENGTH"
MISSING = "BASE_TYPE_REQUIRED"
FORBIDDEN = "BASE_TYPE_FORBIDDEN"
UNKNOWN = "UNION_TYPE_CHOICES"
CHOICES = "BASE_TYPE_CHOICES"
TOO_MUCH = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, MISSING),
        ({"content": "a" * 2001}, LONG),
        ({"content": " \n "}, MISSING),
        ({"content": "a", "nonce": "1" * 26}, LONG),
        ({"content": "a", "flags": EPHEMERAL}, "BITFIELD_TYPE_INVALID"),
        ({"content": "a", "allowed_mentions": {"parse": ["all"]}}, CHOICES),
        (
            {"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["7"]}},
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        ({"components": [TEXT]}, UNKNOWN),
        ({"components": [row(PRESS)] * 6}, LONG),
        (shown(), LONG),
        (shown(TEXT, content="Words."), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        (shown(TEXT, embeds=[{}]), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        (shown(*[TEXT] * 41), LONG),
        (shown(box(*[TEXT] * 20), box(*[TEXT] * 19)), LONG),
        (shown({**TEXT, "content": "a" * 4001}), LONG),
        (shown({**TEXT, "content": "a" * 4000}, box(TEXT)), TOO_MUCH),
        (shown({**TEXT, "content": "漢" * 3500}), TOO_MUCH),
        (shown({**TEXT, "content": ""}), MISSING),
        (shown({"type": 10}), MISSING),
        (shown({**TEXT, "id": 2**31}), "NUMBER_TYPE_MAX"),
        (shown({**TEXT, "id": 7}, {**TEXT, "id": 7}), "COMPONENT_ID_DUPLICATED"),
        (shown(row(PRESS), row(PRESS)), "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (shown(beside(PRESS), row(PRESS)), "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (shown(PRESS), UNKNOWN),
        (shown(box(box(TEXT))), UNKNOWN),
        (shown(label(LINE)), UNKNOWN),
        (shown({"content": "no type"}), MISSING),
        (shown(box()), LONG),
        (shown(box(TEXT, accent_color=0x1000000)), "NUMBER_TYPE_MAX"),
        (shown(row(*presses(6))), LONG),
        (shown(row()), LONG),
        (shown(row(TEXT)), UNKNOWN),
        (shown(row(CHOOSE, PRESS)), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        (shown(row(PRESS | {"label": "a" * 81})), LONG),
        (shown(row(PRESS | {"label": " "})), MISSING),
        (shown(row(PRESS | {"custom_id": "a" * 101})), LONG),
        (shown(row(PRESS | {"custom_id": ""})), MISSING),
        (shown(row(PRESS | {"custom_id": None})), MISSING),
        (shown(row(PRESS | {"url": "https://example.org"})), FORBIDDEN),
        (shown(row(PRESS | {"style": 7})), UNKNOWN),
        (shown(row(PRESS | {"disabled": "no"})), "BOOLEAN_TYPE_CONVERT"),
        (shown(row({"type": 2, "style": 5, "label": "Site"})), MISSING),
        (shown(row({"type": 2, "style": 5, "label": "Site", "url": "ftp://x.org"})), "STRING_TYPE_REGEX"),
        (shown(row(PRESS | {"style": 5, "url": "https://example.org"})), FORBIDDEN),
        (shown(row({"type": 2, "style": 6})), MISSING),
        (shown(row({"type": 2, "style": 6, "sku_id": "7", "label": "Buy"})), FORBIDDEN),
        (shown(row(CHOOSE | {"options": []})), LONG),
        (shown(row(CHOOSE | {"options": [ANNA | {"value": str(n)} for n in range(26)]})), LONG),
        (shown(row(CHOOSE | {"options": [ANNA, ANNA]})), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        (shown(row(CHOOSE | {"options": [ANNA | {"label": "a" * 101}]})), LONG),
        (shown(row(CHOOSE | {"options": [ANNA | {"default": True, "value": each} for each in "ab"]})), LONG),
        (shown(row(CHOOSE | {"placeholder": "a" * 151})), LONG),
        (shown(row(CHOOSE | {"min_values": 2})), "NUMBER_TYPE_MAX"),
        (shown(row(CHOOSE | {"max_values": 26})), "NUMBER_TYPE_MAX"),
        (shown(row({"type": 8, "custom_id": "c", "channel_types": [99]})), CHOICES),
        (shown(row({"type": 6, "custom_id": "r", "default_values": [{"id": "7", "type": "role"}] * 2})), LONG),
        (shown({"type": 9, "components": [TEXT]}), MISSING),
        (shown(beside(TEXT)), UNKNOWN),
        (shown(beside(PRESS, *[TEXT] * 4)), LONG),
        (shown(beside(PRESS, row(PRESS))), UNKNOWN),
        (shown({"type": 11, **PICTURE}), UNKNOWN),
        (shown({"type": 12, "items": []}), LONG),
        (with_map({"type": 12, "items": [PICTURE] * 11}), LONG),
        (with_map({"type": 12, "items": [PICTURE | {"description": "a" * 1025}]}), LONG),
        (with_map({"type": 12, "items": [{"media": {"url": "map.png"}}]}), "STRING_TYPE_REGEX"),
        (with_map({"type": 12, "items": [{}]}), MISSING),
        (shown({"type": 12, "items": [PICTURE]}), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"),
        (shown({"type": 13, "file": {"url": "https://example.org/map.png"}}), "STRING_TYPE_REGEX"),
        (shown({"type": 14, "spacing": 3}), CHOICES),
        (shown(TEXT, attachments=[{"id": n, "filename": "a"} for n in range(11)]), LONG),
        ([], "MODEL_TYPE_CONVERT"),
        ({"content": 7}, "STRING_TYPE_CONVERT"),
        ({"components": "text"}, "LIST_TYPE_CONVERT"),
    ],
)
def test_a_message_that_discord_does_not_take_is_refused(body: Json, code: str) -> None:
    assert code in codes(POSTED, body)


def test_an_answer_can_be_for_one_member_alone() -> None:
    assert codes(ANSWERED, shown(TEXT, flags=V2 | EPHEMERAL)) == []


@pytest.mark.parametrize(
    "body",
    [
        asking(label(LINE)),
        asking(TEXT, label(LINE, description="Such as 8pm"), label(CHOOSE | {"min_values": 0, "required": False})),
        asking(label({"type": 19, "custom_id": "files", "max_values": 10})),
        asking(label({"type": 21, "custom_id": "radio", "options": [ANNA, ANNA | {"value": "ben"}]})),
        asking(label({"type": 22, "custom_id": "boxes", "options": [ANNA]}), label({"type": 23, "custom_id": "box"})),
    ],
)
def test_a_modal_that_keeps_to_the_limits_is_taken(body: Json) -> None:
    assert list(MODAL(body, ())) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (asking(label(LINE), title="x" * 46), LONG),
        (asking(label(LINE), title=""), MISSING),
        (asking(label(LINE), custom_id=""), MISSING),
        (asking(), LONG),
        (asking(*[label(LINE)] * 6), LONG),
        (asking(label(LINE), label(LINE)), "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (asking(LINE), UNKNOWN),
        (asking(row(PRESS)), UNKNOWN),
        (asking(label(PRESS)), UNKNOWN),
        (asking(label(LINE, label="x" * 46)), LONG),
        (asking(label(LINE, description="x" * 101)), LONG),
        (asking({"type": 18, "label": "When?"}), MISSING),
        (asking(label(LINE | {"style": 3})), CHOICES),
        (asking(label(LINE | {"max_length": 4001})), "NUMBER_TYPE_MAX"),
        (asking(label(LINE | {"max_length": 0})), "NUMBER_TYPE_MIN"),
        (asking(label(LINE | {"min_length": 9, "max_length": 8})), "NUMBER_TYPE_MAX"),
        (asking(label(LINE | {"value": "x" * 4001})), LONG),
        (asking(label(LINE | {"placeholder": "x" * 101})), LONG),
        (asking(label(CHOOSE | {"disabled": True})), "COMPONENT_DISABLED_IN_MODAL"),
        (asking(label(CHOOSE | {"min_values": 0})), "NUMBER_TYPE_MIN"),
        (asking(label({"type": 19, "custom_id": "files", "max_values": 11})), "NUMBER_TYPE_MAX"),
        (asking(label({"type": 21, "custom_id": "radio", "options": [ANNA]})), LONG),
    ],
)
def test_a_modal_that_discord_does_not_take_is_refused(body: Json, code: str) -> None:
    assert code in codes(MODAL, body)


GROUP: Json = {"type": 2, "name": "group", "description": "Group.", "options": []}
SUB: Json = {"type": 1, "name": "sub", "description": "Sub.", "options": [WHO]}


def test_commands_that_keep_to_the_limits_are_taken() -> None:
    deep = {**NEXT, "name": "deep", "options": [{**GROUP, "options": [SUB]}, SUB]}
    menu = {"name": "Bookmark this", "type": 3, "contexts": [0, 1], "default_member_permissions": None}
    local = {**NEXT, "name": "weiter", "name_localizations": {"de": "weiter", "hi": "हिन्दी"}, "contexts": [0]}
    assert list(commands([NEXT, deep, menu, {**menu, "name": "next"}, local], ())) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({**NEXT, "name": "x" * 33}, LONG),
        ({**NEXT, "name": "Next"}, "APPLICATION_COMMAND_INVALID_NAME"),
        ({**NEXT, "name": "next one"}, "STRING_TYPE_REGEX"),
        ({**NEXT, "name_localizations": {"de": "Weiter"}}, "APPLICATION_COMMAND_INVALID_NAME"),
        ({**NEXT, "description_localizations": {"xx": "Read."}}, CHOICES),
        ({**NEXT, "description_localizations": {"de": "x" * 101}}, LONG),
        ({**NEXT, "description": ""}, MISSING),
        ({**NEXT, "type": 9}, UNKNOWN),
        ({**NEXT, "contexts": [3]}, CHOICES),
        ({**NEXT, "default_member_permissions": "many"}, "NUMBER_TYPE_COERCE"),
        ({**NEXT, "options": [{**WHO, "name": f"who{n}"} for n in range(26)]}, LONG),
        ({**NEXT, "options": [WHO, WHO]}, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID"),
        (
            {**NEXT, "options": [WHO, {**WHO, "name": "must", "required": True}]},
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        ({**NEXT, "options": [WHO, SUB]}, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
        ({**NEXT, "options": [GROUP]}, LONG),
        ({**NEXT, "options": [{**GROUP, "options": [{**GROUP, "options": [SUB]}]}]}, UNKNOWN),
        ({**NEXT, "options": [{**WHO, "choices": [{"name": "", "value": "1"}]}]}, MISSING),
        ({**NEXT, "options": [{**WHO, "choices": [{"name": "1", "value": "1"}] * 26}]}, LONG),
        (
            {**NEXT, "options": [{**WHO, "choices": [{"name": "1", "value": "1"}], "autocomplete": True}]},
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
        ),
        ({**NEXT, "options": [{**WHO, "max_length": 6001}]}, "NUMBER_TYPE_MAX"),
        ({**NEXT, "options": [{**WHO, "type": 4, "min_value": 2.0**60}]}, "NUMBER_TYPE_MAX"),
        ({**NEXT, "options": [{**WHO, "type": 7, "channel_types": [9]}]}, CHOICES),
        ({"name": "Bookmark this", "type": 3, "description": "More."}, LONG),
    ],
)
def test_a_command_that_discord_does_not_take_is_refused(command: Json, code: str) -> None:
    assert code in codes(commands, [command])


def test_a_command_is_measured_in_its_longest_language() -> None:
    def offered(local: str) -> Json:
        option = {**WHO, "description": "x" * 10, "description_localizations": {"de": local}}
        subs = [{**SUB, "name": f"s{n}", "options": [{**option, "name": f"o{m}"} for m in range(25)]} for n in range(4)]
        return {**NEXT, "options": subs}

    assert codes(commands, [offered("x" * 70)]) == []
    assert codes(commands, [offered("x" * 90)]) == ["APPLICATION_COMMAND_TOO_LARGE"]


def test_more_commands_than_discord_takes_and_two_alike_are_refused() -> None:
    assert codes(commands, [NEXT, NEXT]) == ["APPLICATION_COMMANDS_DUPLICATE_NAME"]
    assert codes(commands, [{**NEXT, "name": f"n{n}"} for n in range(101)]) == ["APPLICATION_COMMANDS_MAX"]
    assert codes(commands, [{"type": 3, "name": f"N {n}"} for n in range(16)]) == ["APPLICATION_COMMANDS_MAX"]


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        (answers.AUTOCOMPLETE, {"type": 8, "data": {"choices": [{"name": "Anna", "value": "anna"}] * 25}}, None),
        (answers.AUTOCOMPLETE, {"type": 8, "data": {"choices": [{"name": "Anna", "value": "anna"}] * 26}}, LONG),
        (answers.AUTOCOMPLETE, {"type": 8, "data": {"choices": [{"name": "a" * 101, "value": "anna"}]}}, LONG),
        (answers.AUTOCOMPLETE, {"type": 8, "data": {"choices": [{"name": "Anna", "value": ""}]}}, MISSING),
        (answers.AUTOCOMPLETE, {"type": 4, "data": {"content": "Words."}}, UNKNOWN),
        (answers.COMMAND, {"type": 5, "data": {"flags": EPHEMERAL}}, None),
        (answers.COMMAND, {"type": 5, "data": {"flags": V2}}, "BITFIELD_TYPE_INVALID"),
        (answers.COMMAND, {"type": 7, "data": {"content": "Words."}}, UNKNOWN),
        (answers.COMMAND, {"type": 9, "data": asking(label(LINE))}, None),
        (answers.COMMAND, {"type": 9, "data": asking()}, LONG),
        (answers.COMPONENT, {"type": 6}, None),
        (answers.SUBMIT, {"type": 9, "data": asking(label(LINE))}, UNKNOWN),
    ],
)
def test_an_interaction_is_answered_as_its_kind_can_be(kind: int, body: Json, code: str | None) -> None:
    assert codes(answers.answer(kind), body) == ([code] if code else [])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"name": "x" * 101}, LONG),
        ({"description": "x" * 1001}, LONG),
        ({"description": ""}, MISSING),
        ({"entity_metadata": {"location": "x" * 101}}, LONG),
        ({"entity_metadata": None}, MISSING),
        ({"scheduled_end_time": None}, MISSING),
        ({"scheduled_end_time": LATER}, "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST"),
        ({"scheduled_start_time": "tomorrow"}, "DATETIME_TYPE_PARSE"),
        ({"scheduled_start_time": LATER.removesuffix("+00:00")}, "DATETIME_TYPE_PARSE"),
        ({"privacy_level": 1}, CHOICES),
        ({"channel_id": "7"}, FORBIDDEN),
        ({"entity_type": 2}, MISSING),
        ({"entity_type": 2, "channel_id": "7"}, FORBIDDEN),
        ({"entity_type": 2, "channel_id": "7", "entity_metadata": None}, None),
    ],
)
def test_an_event_is_held_to_what_its_kind_requires(changed: Json, code: str | None) -> None:
    assert codes(places.EVENT, ABROAD | changed) == ([code] if code else [])


def test_threads_and_direct_messages_are_held_to_their_shapes() -> None:
    assert codes(places.THREAD, {"name": "x" * 100, "auto_archive_duration": 1440}) == []
    assert codes(places.THREAD, {"name": "x" * 101, "auto_archive_duration": 7}) == [CHOICES, LONG]
    assert codes(places.CHANNEL, {"archived": True}) == []
    assert codes(places.CHANNEL, {"archived": 1, "name": ""}) == [MISSING, "BOOLEAN_TYPE_CONVERT"]
    assert codes(places.DIRECT, {"recipient_id": "me"}) == ["NUMBER_TYPE_COERCE"]


def test_breaches_are_told_where_they_stand() -> None:
    body = shown(box(TEXT, row(PRESS | {"label": "a" * 81})))
    wrong = {"code": LONG, "message": "Must be between 0 and 80 in length."}
    where = told(POSTED(body, ()))["components"]["0"]["components"]["1"]["components"]["0"]["label"]
    assert where == {"_errors": [wrong]}


def test_a_component_without_an_id_is_given_one_that_is_free() -> None:
    number_components([found := box(dict(TEXT), beside(dict(PRESS), dict(TEXT)), id=2)])
    assert [found["components"][0]["id"], found["components"][1]["id"]] == [1, 3]
    assert found["components"][1]["accessory"]["id"] == 5
