import pytest

from story.rules.settings import DEFAULTS, OF_A_READING, OF_A_SERVER, Decide, Settings


def test_later_changes_come_before_earlier_ones() -> None:
    now = DEFAULTS.with_changes({"decide": "first", "seconds": 30}, {"decide": "host"})
    assert (now.decide, now.seconds, now.quorum) == (Decide.HOST, 30, 0)


@pytest.mark.parametrize("change", [{"decide": "dice"}, {"seconds": "soon"}, {"plain": "perhaps"}])
def test_a_value_that_a_setting_cannot_have_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        DEFAULTS.with_changes(change)


def test_every_setting_is_of_the_server_and_some_are_of_a_reading_too() -> None:
    assert set(OF_A_SERVER) == set(Settings.model_fields)
    assert set(OF_A_READING) < set(OF_A_SERVER)
