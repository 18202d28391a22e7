import pytest
from msgspec.structs import fields

from story.rules.settings import DEFAULTS, SETTINGS, Decide, Group, Kind, Settings


def test_later_changes_come_before_earlier_ones() -> None:
    now = DEFAULTS.with_changes({"decide": "first", "seconds": 30}, {"decide": "host"})
    assert (now.decide, now.seconds, now.quorum) == (Decide.HOST, 30, 0)


@pytest.mark.parametrize("change", [{"decide": "dice"}, {"seconds": "soon"}, {"plain": "perhaps"}])
def test_a_value_that_a_setting_cannot_have_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        DEFAULTS.with_changes(change)


def test_every_setting_is_declared_with_its_group_and_kind() -> None:
    assert list(SETTINGS) == [field.name for field in fields(Settings)]
    assert {each.group for each in SETTINGS.values()} == set(Group)
    assert {each.kind for each in SETTINGS.values()} == set(Kind)


def test_settings_of_one_group_stand_together() -> None:
    groups = [each.group for each in SETTINGS.values()]
    assert groups == sorted(groups, key=list(Group).index)


def test_what_is_about_the_server_is_nothing_that_a_reading_has_its_own_of() -> None:
    assert all(each.of_reading is (each.group is not Group.SERVER) for each in SETTINGS.values())


def test_the_default_is_the_first_of_the_values_that_have_names() -> None:
    named = [each for each in SETTINGS.values() if each.kind is Kind.NAMED]
    assert all(DEFAULTS.with_changes({each.name: each.values[0]}) == DEFAULTS for each in named)


def test_what_is_not_as_in_others_is_known_by_name() -> None:
    assert DEFAULTS.with_changes({"names": False, "quiet": False}).unlike(DEFAULTS) == {"names"}
