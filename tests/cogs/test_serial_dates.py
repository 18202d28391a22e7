"""A serial by the story's own dates: `/serial every:story`."""

from dataclasses import replace

import pytest

from story.model import SceneDate, Story
from tests.builders import linked, story
from tests.cogs.stage import Stage, labels, private, shown
from tests.cogs.test_serial import DAY, until
from tests.cogs.trouble import POST, allow, refuse

LETTERS = ((3, 1), None, (3, 1), (5, 1), (9, 1), (9, 1), (14, 1))
"""The days and months of the story's scenes."""


def dated(tale: Story, *dates: tuple[int, int] | None) -> Story:
    scenes = zip(tale.scenes, dates, strict=True)
    return replace(tale, scenes=tuple(replace(s, date=SceneDate(*date) if date else None) for s, date in scenes))


TALE = dated(story("AB", "AB", "A", "A", "AB", "A", "A"), *LETTERS)
TURNS = dated(story("A", "B", "A", "B", story_id="turns", title="Turns"), (3, 1), (4, 1), (5, 1), (6, 1))
PLAIN = story("A", "A", story_id="plain", title="Plain")


@pytest.fixture
def stories() -> list[Story]:
    return [TALE, TURNS, PLAIN]


async def begun(stage: Stage, at: str = "8:00", asked: str = "tale") -> str:
    """Begin on New Year's Day of 2026; return what the channel is told."""
    await stage.ann.slash(stage.channel, "story start", story=asked)
    return shown(await stage.ann.slash(stage.channel, "serial", every="story", at=at, zone="UTC"))


def heard(stage: Stage) -> list[str]:
    """The scenes whose sections stand in the channel, in their order."""
    told = [shown(message) for message in stage.messages()]
    return [text.split("tells scene ")[1][0] for text in told if "tells scene" in text]


async def test_each_section_comes_on_its_day_at_the_time_given(stage: Stage) -> None:
    text = await begun(stage)
    assert "**A Tale** is a serial now: each section comes on its own date in the story (UTC time)." in text
    assert "<t:1767427200:F>" in text
    await until(stage, "2026-01-03 07:59:59")
    assert heard(stage) == []
    await until(stage, "2026-01-03 08:00:01")
    assert heard(stage) == ["1", "2", "3"]
    await until(stage, "2026-01-05 07:59:59")
    assert heard(stage) == ["1", "2", "3"]
    await until(stage, "2026-01-05 08:00:01")
    assert heard(stage) == ["1", "2", "3", "4"]
    await until(stage, "2026-01-09 08:00:01")
    assert heard(stage) == ["1", "2", "3", "4", "5", "6"]
    await until(stage, "2026-01-14 08:00:01")
    assert heard(stage) == ["1", "2", "3", "4", "5", "6", "7"]
    assert "The end of A Tale" in shown(stage.last())


async def test_only_the_last_of_a_day_can_be_voted_under(stage: Stage) -> None:
    await begun(stage)
    await until(stage, "2026-01-05 08:00:01")
    pages = [message for message in stage.messages() if "tells scene" in shown(message)]
    assert [labels(message) for message in pages] == [[], [], [], ["Anna", "Ben"]]


async def test_who_tells_a_section_is_voted_on_until_its_day(stage: Stage) -> None:
    await begun(stage)
    await stage.press(stage.ann, "Ben")
    await until(stage, "2026-01-03 08:00:01")
    assert "Ben tells scene 1." in "".join(shown(message) for message in stage.messages())


async def test_of_the_days_missed_while_the_bot_was_off_the_latest_comes_and_the_others_by_catchup(
    stage: Stage,
) -> None:
    await begun(stage)
    await stage.restart(after=11 * DAY)
    assert heard(stage) == ["5", "6"]
    assert "4 sections whose day has passed aren't posted: `/catchup` has them." in "".join(
        shown(message) for message in stage.messages()
    )
    missed = await stage.bob.slash(stage.channel, "catchup")
    assert all(f"recaps {number}" in private(missed) for number in (1, 2, 3, 4, 5))
    whole = await stage.click(stage.bob, missed, "Read in full")
    assert "tells scene 1." in private(whole)
    await until(stage, "2026-01-14 08:00:01")
    assert heard(stage) == ["5", "6", "7"]


async def test_begun_in_the_middle_of_its_year_it_goes_on_with_the_next_date(stage: Stage) -> None:
    await stage.restart(after=5 * DAY)
    assert "<t:1767945600:F>" in await begun(stage)
    await until(stage, "2026-01-09 08:00:01")
    assert heard(stage) == ["5", "6"]


async def test_a_story_that_is_told_in_turns_comes_as_it_was_written(stage: Stage) -> None:
    await begun(stage, asked="turns")
    assert labels(stage.last()) == []
    await until(stage, "2026-01-06 08:00:01")
    assert heard(stage) == ["1", "2", "3", "4"]


async def test_what_was_taken_back_comes_with_the_next_date(stage: Stage) -> None:
    await begun(stage)
    await until(stage, "2026-01-05 08:00:01")
    await stage.ann.slash(stage.channel, "back")
    assert heard(stage) == ["1", "2", "3", "4"]
    await until(stage, "2026-01-09 08:00:01")
    assert heard(stage) == ["1", "2", "3", "4", "5", "6"]
    assert "Anna recaps 4" in private(await stage.bob.slash(stage.channel, "catchup"))


async def test_begun_again_it_comes_again_from_the_next_date_on(stage: Stage) -> None:
    await begun(stage)
    await stage.restart(after=14 * DAY)
    assert heard(stage) == ["7"]
    again = await stage.press(stage.ann, "Begin again")
    await stage.click(stage.ann, again, "Begin again")
    await stage.restart(after=300 * DAY)
    assert heard(stage) == ["7"]
    await stage.restart(after=54 * DAY)
    assert heard(stage) == ["7", "1", "2", "3"]


async def test_a_story_whose_dates_were_taken_out_waits(stage: Stage) -> None:
    await begun(stage)
    await stage.restart(story("AB", "AB", "A", "A", "AB", "A", "A"), after=11 * DAY)
    assert heard(stage) == []


async def test_a_date_that_was_put_off_by_an_edit_is_waited_for(stage: Stage) -> None:
    await begun(stage)
    later = dated(story("AB", "AB", "A", "A", "AB", "A", "A"), (20, 1), *LETTERS[1:2], *[None] * 4, (25, 1))
    await stage.restart(later)
    await until(stage, "2026-01-04 08:00:00")
    assert heard(stage) == []
    await until(stage, "2026-01-20 08:00:01")
    assert heard(stage) == ["1", "2", "3", "4", "5", "6"]


async def test_a_story_that_goes_round_comes_round_once_a_time(stage: Stage) -> None:
    ring = linked(dated(story("A", "A", story_id="ring", title="Ring"), (3, 1), (4, 1)), (2, "1"))
    await stage.restart(ring)
    await begun(stage, asked="ring")
    await stage.restart(ring, after=30 * DAY)
    assert len(heard(stage)) <= 3


async def test_what_could_not_be_posted_comes_once_it_may_in_its_order(stage: Stage) -> None:
    await begun(stage)
    refuse(stage, POST)
    await until(stage, "2026-01-03 08:00:01")
    assert heard(stage) == []
    allow(stage)
    stage.look_away()
    await stage.env.advance_time(DAY)
    assert heard(stage) == ["1", "2", "3"]


async def test_killed_between_two_sections_of_a_day_none_is_lost_or_doubled(stage: Stage) -> None:
    await begun(stage)
    await stage.kill()
    await stage.restart(after=2 * DAY + 8 * 3600 + 1)
    await stage.kill()
    await stage.restart()
    assert heard(stage) == ["1", "2", "3"]


async def test_where_there_is_no_29th_of_february_its_sections_come_with_those_of_the_28th(stage: Stage) -> None:
    leap = dated(story("A", "A", "A", "A", story_id="leap", title="Leap"), (27, 2), (28, 2), (29, 2), (1, 3))
    await stage.restart(leap)
    await begun(stage, asked="leap")
    await until(stage, "2026-02-28 08:00:01")
    assert heard(stage) == ["1", "2", "3"]
    assert "/catchup" not in "".join(shown(message) for message in stage.messages())
    await until(stage, "2026-03-01 08:00:01")
    assert heard(stage) == ["1", "2", "3", "4"]


async def test_over_new_years_eve_it_goes_on_in_the_next_year(stage: Stage) -> None:
    winter = dated(story("A", "A", "A", story_id="winter", title="Winter"), (30, 12), (31, 12), (1, 1))
    await stage.restart(winter, after=360 * DAY)
    await begun(stage, at="23:59", asked="winter")
    await until(stage, "2026-12-31 23:58:59")
    assert heard(stage) == ["1"]
    await until(stage, "2026-12-31 23:59:01")
    assert heard(stage) == ["1", "2"]
    await until(stage, "2027-01-01 23:59:01")
    assert heard(stage) == ["1", "2", "3"]


async def test_a_time_that_a_day_does_not_have_comes_when_the_clocks_have_changed(stage: Stage) -> None:
    spring = dated(story("A", "A", "A", "A", story_id="spring", title="Spring"), (27, 3), (28, 3), (29, 3), (30, 3))
    await stage.restart(spring, after=80 * DAY)
    await stage.ann.slash(stage.channel, "story start", story="spring")
    await stage.ann.slash(stage.channel, "serial", every="story", at="2:30", zone="Europe/Berlin")
    await until(stage, "2026-03-29 00:59:59")
    assert heard(stage) == ["1", "2"]
    await until(stage, "2026-03-29 01:00:01")
    assert heard(stage) == ["1", "2", "3"]
    await until(stage, "2026-03-30 00:30:01")
    assert heard(stage) == ["1", "2", "3", "4"]


async def test_a_story_without_dates_is_refused(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="plain")
    answer = await stage.ann.slash(stage.channel, "serial", every="story", at="8:00")
    assert "The scenes of **Plain** have no dates to go by." in private(answer)


async def test_turned_off_the_story_goes_by_votes_again(stage: Stage) -> None:
    await begun(stage)
    assert "The serial is off" in shown(await stage.ann.slash(stage.channel, "serial", every="off"))
    await until(stage, "2026-01-10 08:00:00")
    assert heard(stage) == []
