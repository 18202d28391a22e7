from dataclasses import replace
from typing import Any

import pytest

from cogs.ui import texts
from cogs.ui.texts.facts import excerpt
from story import errors
from story.rules.ballot import Ballot
from story.rules.delivery import DeliveryFailure
from story.rules.options import options
from story.rules.page import Page, section_of
from story.rules.presses import Press, Presses
from story.rules.settings import Order
from story.rules.steps import How, Kind, Reading, Step, follow
from tests.builders import ANNA, NOON, linked, options_of, place, scene, step, story
from tests.cogs.ui.speaking import speaking

READING = Reading(7, 1, 2, "tale", 3)


def page(*told: str, tale: Any = None, ballot: Ballot | None = None) -> Page:
    return Page(READING, tale or story("A", "AB", "ABC"), place(*told), ballot)


def decided(how: How | None, votes: int = 0, cast: int = 0, **more: Any) -> str:
    return texts.outcome(page("1A"), Step(3, Kind.SECTION, NOON, "scene-2", "anna", how, votes, cast, **more))


def all_refusals() -> list[errors.Refusal]:
    examples: list[errors.Refusal] = []
    for kind in errors.Refusal.__subclasses__():
        fields = getattr(kind, "__dataclass_fields__", {})
        values = {
            "names": ("Anna",),
            "when": NOON,
            "lacks_time": False,
            "elsewhere": (5,),
            "channel": 5,
            "message": 6,
            "started_by": 7,
            "host": 8,
            "title": "A Tale",
            "chooser": 8,
            "most": 50,
            "role": 9,
            "failure": "forbidden",
        }
        examples.append(kind(**{name: values.get(name, "*asked*\n# for") for name in fields}))
    return examples


@pytest.mark.parametrize("language", texts.CATALOGUES)
@pytest.mark.parametrize("refusal", all_refusals(), ids=lambda refusal: type(refusal).__name__)
def test_every_refusal_has_one_plain_line_of_its_own_in_every_language(language: str, refusal: errors.Refusal) -> None:
    with speaking(language):
        line = texts.refusal(refusal)
        assert line != texts.refusal(errors.Refusal())
    assert "\n" not in line
    assert line.endswith(".")


def test_what_a_member_typed_cannot_bring_markdown_into_an_answer() -> None:
    assert "\\*asked\\* # for" in texts.refusal(errors.UnknownStory("*asked*\n# for"))


def test_a_day_without_a_time_is_told_from_what_says_nothing() -> None:
    assert "a day without a time" in texts.refusal(errors.UnreadableTime("friday", lacks_time=True))
    assert "I can't read" in texts.refusal(errors.UnreadableTime("banana"))


def test_how_it_was_decided_is_said_in_one_line() -> None:
    assert decided(How.VOTES, 3, 5) == "-# Anna wins with 3 of 5 votes."
    assert decided(How.VOTES, 1, 1) == "-# Anna wins with 1 of 1 vote."
    assert decided(How.HEARD_LEAST, 1, 2) == "-# Tie! Anna, who's had the fewest turns."
    assert decided(How.ORDER, 0, 0) == "-# No votes: Anna comes first in the story."
    assert decided(How.ONLY) == "-# Next up: Anna."


FORK = linked(story("A", "B", "AC"), (1, "23"), (2, ""))


def fork(*told: str) -> Page:
    here = place(*told)
    found = options(FORK, here)
    return Page(READING, FORK, here, Ballot(found, here) if found else None)


def test_a_way_that_was_decided_on_goes_by_its_label() -> None:
    taken = step(3, told="2B")
    assert (
        texts.outcome(fork("1A"), replace(taken, how=How.VOTES, votes=2, cast=3)) == "-# to 2 wins with 2 of 3 votes."
    )
    assert texts.outcome(fork("1A"), replace(taken, how=How.HEARD_LEAST)) == (
        "-# No votes: to 2, since Ben has had the fewest turns."
    )
    two = replace(step(3, told="3C"), how=How.VOTES, votes=1, cast=1)
    assert texts.outcome(fork("1A"), two) == "-# to 3 · Cleo wins with 1 of 1 vote."


def test_a_way_that_is_none_any_more_goes_by_the_title_of_its_scene() -> None:
    taken = replace(step(3, told="2B"), how=How.VOTES, votes=1, cast=1)
    assert texts.outcome(fork("2B"), taken) == "-# Scene 2 wins with 1 of 1 vote."
    assert texts.outcome(fork("2B"), replace(taken, scene="scene-9")) == "-# Ben wins with 1 of 1 vote."


def test_where_ways_part_nobody_is_asked_for_a_pov() -> None:
    parting, meeting = Ballot(options(FORK, place("1A")), place("1A")), Ballot(options_of(scene(2, "AB")), place("1A"))
    assert texts.question(parting).startswith(
        "**Where to next?**\n-# Most votes win. Vote for a path, or press **Next**"
    )
    assert texts.question(meeting).startswith("**Whose POV is next?**")


def test_a_scene_heard_twice_has_a_number_for_each_time_in_the_recap() -> None:
    tale = linked(story("A", "B"), (2, "1"))
    here = place("1A", "2B", "1A")
    heard = [(told, *found) for told in here.path if (found := section_of(tale, told))]
    assert [line[:4] for line in texts.recap(Page(READING, tale, here, None), heard)[1:]] == ["**1.", "**2.", "**3."]


def test_a_scene_is_one_of_so_many_only_where_that_is_how_many_there_will_be() -> None:
    assert texts.progress(page("1A")) == "-# ●○○ scene 1 of 3"
    assert texts.progress(fork("1A", "3A")) == "-# scene 2"
    assert texts.scene_of(fork()) == "before scene 1"


def test_what_would_be_skipped_is_said_nearest_first() -> None:
    tale = story("A", "B", "A", "A", "C")
    ballot = Ballot(options(tale, place(), Order.FOLLOW), place())
    assert texts.question(ballot).splitlines()[-1] == (
        "-# Ben skips 1 scene and Cleo skips 4 scenes (you can `/reread` them later)."
    )


def test_a_long_label_is_cut_short_and_its_votes_are_not() -> None:
    assert texts.vote_label("m" * 200, 1234) == "m" * 72 + "… · 1234"
    assert len(texts.vote_label("m" * 200, 0)) == 80


def test_a_scene_that_is_read_again_says_whether_it_was_heard() -> None:
    shown = page("1A", "3C")
    scenes = shown.story.scenes
    heads = [texts.reread_head(shown, each, each.sections[0]).splitlines()[1] for each in scenes]
    assert heads == [
        "-# A Tale · scene 1 of 3 · Anna, as we heard it",
        "-# A Tale · scene 2 of 3 · Anna, a scene we skipped",
        "-# A Tale · scene 3 of 3 · Anna, another POV",
    ]
    assert "A Tale · Ben, a scene we skipped" in texts.reread_head(
        fork("1A", "3A"), FORK.scenes[1], FORK.scenes[1].sections[0]
    )


def test_the_length_of_a_story_that_goes_round_is_that_of_all_its_sections() -> None:
    assert "one read-through: about 8 words" in texts.story_line(linked(story("A", "B"), (2, "1")))
    assert "one read-through: about 12 words" in texts.story_line(linked(story("A", "B", "C"), (2, "13")))


def test_more_options_than_an_answer_has_room_for_are_counted() -> None:
    refusal = texts.refusal(errors.UnknownPov("x", tuple(map(str, range(30)))))
    assert refusal.endswith("22, 23, and 6 more.")


def test_a_pov_that_the_story_has_no_more_goes_by_its_id() -> None:
    gone = Step(3, Kind.SECTION, NOON, "scene-2", "zoe", How.VOTES, 1, 1)
    assert texts.outcome(page("1A"), gone) == "-# zoe wins with 1 of 1 vote."


def test_a_reading_that_ended_with_nobodys_doing_is_said_to_have_ended() -> None:
    assert texts.outcome(page("1A"), Step(3, Kind.STOP, NOON)) == "-# The reading is over."


def test_the_bar_of_a_long_story_has_ten_cells() -> None:
    long = story(*["A"] * 20)
    assert texts.progress(page("1A", "2A", "3A", "4A", tale=long)) == "-# ━━━──────────── scene 4 of 20"


def test_the_bar_of_a_short_story_has_a_cell_for_each_scene() -> None:
    assert texts.progress(page("1A", "2B")) == "-# ●●○ scene 2 of 3"


def test_the_path_is_told_in_runs_and_a_long_one_is_cut_short() -> None:
    assert "Anna 1–2 → Ben 3" in texts.closing(page("1A", "2A", "3B"), 3)
    zigzag = [f"{n}{'AB'[n % 2]}" for n in range(1, 301)]
    text = texts.closing(page(*zigzag, tale=story(*["AB"] * 300)), 300)
    assert "→ …" in text
    assert len(text) < 2000


def test_a_pov_of_the_path_that_is_gone_goes_by_its_id() -> None:
    shown = page("1A")
    gone = Page(READING, story("B"), shown.place, None)
    assert "Anna 1" in texts.closing(gone, 1)
    assert texts.closing(Page(READING, _without_povs(), shown.place, None), 1).count("anna 1") == 1


def _without_povs() -> Any:
    return story("B", povs=())


def test_a_section_without_a_recap_says_so() -> None:
    tale = story("A")
    section = type(tale.scenes[0].sections[0])(ANNA, "text")
    [_, line] = texts.recap(page("1A"), [(step(1, told="1A"), tale.scenes[0], section)])
    assert line == "**1. Scene 1** · Anna: no recap for this one"


def test_a_vote_by_command_says_what_it_counts_as() -> None:
    ballot = Ballot(options_of(scene(2, "AB")), place("1A"), Presses([Press(1, "ben")]), frozenset({1, 2}), NOON)
    shown = page("1A", ballot=ballot)
    assert texts.vote_counted(shown, Press(1, "ben"), next_pressed=False).startswith(
        "You voted for Ben. Most votes win. Closes "
    )
    assert texts.vote_counted(page("1A"), Press(1), next_pressed=False) == "Your vote is withdrawn."


def test_a_story_with_many_povs_names_some_of_them() -> None:
    crowd = story("A", povs=tuple(type(ANNA)(str(n), f"P{n}", 1) for n in range(40)))
    assert texts.opening(crowd).endswith("P23, and others")


def test_an_opening_leaves_out_what_the_author_left_out() -> None:
    plain = story("A", content_notes=())
    assert "Content notes" not in texts.opening(plain)
    assert "Rating" not in texts.opening(plain)
    assert "**Rating:** Teen" in texts.opening(story("A", rating="Teen", blurb="A line."))


def test_where_nothing_was_read_yet_names_no_scene() -> None:
    assert "before scene 1 of 3\n" in texts.where(page())


def test_where_says_once_why_a_story_for_adults_does_not_go_on() -> None:
    last = Step(2, Kind.SECTION, NOON, "scene-1", "anna", How.ONLY, failure=DeliveryFailure.AGE)
    for each in (last, replace(last, failure=None)):
        shown = Page(replace(READING, held=True), story("A", "AB"), follow([step(1, Kind.START), each]), None)
        assert texts.where(shown).count("This story is for adults") == 1


HELPS = {
    DeliveryFailure.LOCKED: "Unlock it",
    DeliveryFailure.ARCHIVED: "Write something in it",
    DeliveryFailure.KIND: "/story start",
    DeliveryFailure.SLOW: "I'll keep trying",
}
"""What is said to help where that is something else than /next."""


@pytest.mark.parametrize("snag", sorted(set(DeliveryFailure) - {DeliveryFailure.AGE}))
def test_where_says_why_the_last_page_is_not_there_and_what_helps(snag: DeliveryFailure) -> None:
    last = Step(2, Kind.SECTION, NOON, "scene-1", "anna", How.ONLY, failure=snag)
    shown = Page(READING, story("A", "AB"), follow([step(1, Kind.START), last]), None)
    assert "I couldn't post the last page." in texts.where(shown)
    assert HELPS.get(snag, "/next") in texts.where(shown)


# ---- excerpts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Short, whole.", "Short, whole."),
        ("One two three four five", "One two three…"),
        ("One two, three-four five six", "One two…"),
        ("\n One\n\ttwo\u200b\x00 ", "One two"),
        ("字" * 40, "字" * 14 + "…"),
        ("a bcdefghijklmnopqrstuvwxyz", "a bcdefghijklm…"),
        ("", ""),
    ],
)
def test_an_excerpt_is_one_line_that_ends_at_a_word_with_an_ellipsis(text: str, said: str) -> None:
    assert excerpt(text, 15) == said
