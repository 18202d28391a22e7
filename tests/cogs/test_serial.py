from datetime import UTC, datetime

import pytest

from story.model import Story
from tests.builders import story
from tests.cogs.stage import Stage, labels, private, shown

DAY = 24 * 3600


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", *["AB"] * 9)]


async def begun(stage: Stage, every: str = "daily", at: str = "19:30", zone: str = "Europe/Berlin") -> str:
    """Have a serial begun on New Year's Day 2026, which is a Thursday; return what the channel is told."""
    await stage.next()
    return shown(await stage.ann.slash(stage.channel, "serial", every=every, at=at, zone=zone))


async def until(stage: Stage, when: str) -> None:
    """Let time pass until a moment in UTC."""
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    await stage.env.advance_time((moment - stage.env.now()).total_seconds())


def heard(stage: Stage) -> int:
    """How many sections stand in the channel."""
    return sum("tells scene" in shown(message) for message in stage.messages())


async def test_a_section_comes_every_day_at_the_time_that_was_set(stage: Stage) -> None:
    text = await begun(stage)
    assert "**A Tale** is a serial now: a new section every day (Europe/Berlin time)." in text
    assert f"<t:{int(datetime(2026, 1, 1, 18, 30, tzinfo=UTC).timestamp())}:R>" in text
    await until(stage, "2026-01-01 18:29:59")
    assert heard(stage) == 1
    await until(stage, "2026-01-01 18:30:01")
    assert heard(stage) == 2
    await until(stage, "2026-01-02 18:30:01")
    assert heard(stage) == 3


async def test_the_ballot_is_open_until_the_next_section_is_due_however_many_have_voted(stage: Stage) -> None:
    await begun(stage)
    page = stage.messages()[0]
    assert labels(page) == ["Anna", "Ben"]
    assert "The next section comes" in shown(page)
    for member in (stage.ann, stage.bob):
        await stage.press(member, "Ben")
    await stage.env.advance_time(3600)
    assert heard(stage) == 1
    await until(stage, "2026-01-01 18:30:01")
    assert "Ben wins with 2 of 2 votes." in shown(page)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_next_does_not_hurry_a_serial(stage: Stage) -> None:
    await begun(stage)
    assert "The next section comes" in private(await stage.next())
    assert heard(stage) == 1


async def test_what_was_missed_while_the_bot_was_off_is_one_section_and_no_flood(stage: Stage) -> None:
    await begun(stage)
    await stage.restart(after=5 * DAY)
    assert heard(stage) == 2
    await until(stage, "2026-01-06 18:30:01")
    assert heard(stage) == 3


async def test_weekdays_leave_out_the_weekend(stage: Stage) -> None:
    await begun(stage, every="weekdays", zone="UTC", at="8:00")
    await until(stage, "2026-01-05 07:59:59")
    assert heard(stage) == 3
    await until(stage, "2026-01-05 08:00:01")
    assert heard(stage) == 4


async def test_weekly_stays_on_its_weekday(stage: Stage) -> None:
    await begun(stage, every="weekly", zone="UTC", at="8:00")
    await until(stage, "2026-01-08 07:59:59")
    assert heard(stage) == 2
    await until(stage, "2026-01-08 08:00:01")
    assert heard(stage) == 3


async def test_the_time_on_the_wall_stays_when_the_clocks_change(stage: Stage) -> None:
    await stage.next()
    await stage.restart(after=(datetime(2026, 3, 28, 18, tzinfo=UTC) - stage.env.now()).total_seconds())
    await stage.ann.slash(stage.channel, "serial", every="daily", at="19:30", zone="berlin")
    await until(stage, "2026-03-28 18:30:01")
    assert heard(stage) == 2
    await until(stage, "2026-03-29 17:30:01")
    assert heard(stage) == 3


async def test_a_serial_ends_with_its_story(stage: Stage) -> None:
    await begun(stage)
    await stage.env.advance_time(20 * DAY)
    assert heard(stage) == 10
    assert "The end of A Tale" in shown(stage.last())


async def test_of_what_is_at_its_end_nobody_makes_a_serial(stage: Stage) -> None:
    await begun(stage)
    await stage.env.advance_time(20 * DAY)
    asked = await stage.ann.slash(stage.channel, "serial", every="daily", at="19:30", zone="UTC")
    assert "That was the end!" in private(asked)


async def test_off_ends_the_serial_and_pages_turn_as_ever(stage: Stage) -> None:
    await begun(stage)
    assert "The serial is off" in shown(await stage.ann.slash(stage.channel, "serial", every="off"))
    await stage.env.advance_time(3 * DAY)
    assert heard(stage) == 1
    await stage.next()
    assert heard(stage) == 2
    assert "isn't a serial" in private(await stage.ann.slash(stage.channel, "serial", every="off"))


async def test_another_time_takes_the_place_of_the_one_before(stage: Stage) -> None:
    await begun(stage)
    await stage.ann.slash(stage.channel, "serial", every="daily", at="noon", zone="UTC")
    await until(stage, "2026-01-01 12:00:01")
    assert heard(stage) == 2
    await until(stage, "2026-01-02 11:59:59")
    assert heard(stage) == 2


async def test_a_session_goes_by_its_own_rules_and_the_serial_goes_on_after_it(stage: Stage) -> None:
    await begun(stage)
    await until(stage, "2026-01-01 17:00:00")
    card = (await stage.ann.slash(stage.channel, "session start")).response
    assert card
    await stage.ann.click(card, label="Begin")
    await until(stage, "2026-01-01 18:31:00")
    assert "scene 1 of 10" in private(await stage.ann.slash(stage.channel, "where"))
    await stage.ann.slash(stage.channel, "session stop")
    await until(stage, "2026-01-02 18:30:01")
    assert "scene 2 of 10" in private(await stage.ann.slash(stage.channel, "where"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"at": "soon"}, "I can't read “soon” as a time of day"),
        ({}, "as a time of day"),
        ({"at": "8pm", "zone": "Atlantis"}, "I don't know the time zone “Atlantis”"),
    ],
)
async def test_what_cannot_be_understood_changes_nothing(stage: Stage, options: dict[str, str], said: str) -> None:
    await stage.next()
    assert said in private(await stage.ann.slash(stage.channel, "serial", every="daily", **options))
    await stage.env.advance_time(2 * DAY)
    assert heard(stage) == 1


async def test_only_who_began_or_may_manage_messages_makes_a_serial(stage: Stage) -> None:
    await stage.next()
    assert "Only" in private(await stage.bob.slash(stage.channel, "serial", every="daily", at="noon"))


async def test_a_serial_needs_a_reading(stage: Stage) -> None:
    assert "There's no story here" in private(await stage.ann.slash(stage.channel, "serial", every="daily", at="noon"))


async def test_zones_are_suggested_by_city(stage: Stage) -> None:
    choices = await stage.ann.autocomplete(stage.channel, "serial", "zone", "berl", every="daily")
    assert choices[0]["value"] == "Europe/Berlin"
