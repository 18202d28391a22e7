from tests.wire.hands import kind_of, unpressed, untried
from tests.wire.judge import Json

WHO: Json = {"name": "who", "type": 3, "autocomplete": True}
FORM: Json = {"name": "as", "type": 3, "choices": [{"name": "Text", "value": "text"}]}
COMMANDS: list[Json] = [
    {"name": "pov", "type": 1, "options": [WHO]},
    {
        "name": "story",
        "type": 1,
        "options": [{"name": "list", "type": 1}, {"name": "path", "type": 1, "options": [FORM]}],
    },
    {"name": "Bookmark this", "type": 3},
]
ALL = {
    *(("pov",), ("pov", "who"), ("pov", "who", "typing")),
    *(("story list",), ("story path",), ("story path", "as"), ("story path", "as", "text")),
    ("Bookmark this",),
}


def test_every_command_option_choice_and_suggestion_that_is_not_tried_is_told() -> None:
    assert untried(COMMANDS, ALL) == []
    for each in ALL:
        assert untried(COMMANDS, ALL - {each}) == [" ".join(each)]


def test_every_kind_of_button_that_nothing_was_pressed_of_is_told() -> None:
    assert unpressed([r"keep", r"vote:(\d+)", r"next:(\d+)"], {"keep", "vote:7", "next:all"}) == [r"next:(\d+)"]


def test_buttons_are_of_one_kind_whatever_they_are_for() -> None:
    assert kind_of("vote:7:2:anna") == kind_of("vote:8:1:ben") == "vote"
    assert kind_of("draft:7:keep") == "draft:keep"
    assert kind_of("translate:7:2") != kind_of("translate:7:scene:pov")
