"""Two languages, one group: a section in a member's own language, by one private press."""

from dataclasses import replace
from typing import Any

import pytest

from cogs.ui import layouts
from cogs.ui.translations import translated
from story.importing.limits import MOST_CHOICES
from story.importing.markdown import read_markdown
from story.model import Link, Pov, Scene, Section, Story
from story.rules.ballot import Ballot
from story.rules.options import options
from story.rules.page import Page
from story.rules.steps import Reading
from story.services.library import BOX
from tests.builders import ANNA, place, story
from tests.cogs.stage import Speaks, Stage, labels, private, shown
from tests.cogs.ui.test_layouts import assert_fits


def in_german(tale: Story, *scenes: int, language: str = "de", **more: Any) -> Story:
    """A translation of these scenes of a story, in which everything is said to be so."""
    found = [
        replace(
            each,
            title=f"Szene {number}",
            sections=tuple(
                replace(s, text=f"{s.pov.name} erzählt Szene {number} ({language}).") for s in each.sections
            ),
        )
        for number, each in enumerate(tale.scenes, 1)
        if number in scenes
    ]
    return replace(tale, language=language, scenes=tuple(found), **{"title": "Eine Geschichte", **more})


TALE = story("A", "AB", "AB", "A")
TWO = replace(TALE, translations=(in_german(TALE, 1, 2),))
FEW = story("A", "A", story_id="few", title="Few")
FEW = replace(FEW, translations=tuple(in_german(FEW, 1, language=tag) for tag in ("de", "fr", "pt-BR", "pl")))


@pytest.fixture
def stories() -> list[Story]:
    return [TWO, FEW, read_markdown(BOX / "room-241")]


async def test_a_member_reads_the_section_in_their_own_language_in_private(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.bob, "de")
    await stage.next()
    before = len(stage.messages())
    said = private(await stage.press(stage.bob, "🌐 Deutsch"))
    assert "Anna erzählt Szene 1 (de)." in said
    assert "## Szene 1" in said
    assert "Eine Geschichte · Szene 1 von 4 · Anna" in said
    assert len(stage.messages()) == before


async def test_it_is_introduced_in_that_language_too_where_the_story_begins(stage: Stage) -> None:
    await stage.next()
    said = private(await stage.press(stage.bob, "🌐 Deutsch"))
    assert "# Eine Geschichte\n-# von An Author" in said
    assert "Also in:** Deutsch" in shown(stage.messages()[0])


async def test_the_button_is_there_only_where_the_section_is_translated(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Anna")
    await stage.next()
    await stage.press(stage.ann, "Anna")
    assert "scene 3 of 4" in shown(stage.last())
    assert [any("Deutsch" in label for label in labels(message)) for message in stage.messages()] == [True, True, False]


async def test_the_page_that_has_been_passed_can_still_be_read(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.next()
    first = stage.messages()[0]
    assert labels(first) == ["🌐 Deutsch"]
    assert "Szene 1 (de)" in private(await stage.click(stage.bob, first, "🌐 Deutsch"))


async def test_whose_language_there_is_none_of_gets_the_only_one_there_is(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.bob, "pl")
    await stage.next()
    assert "(de)" in private(await stage.press(stage.bob, "🌐 Deutsch"))


@pytest.mark.parametrize(("client", "language"), [("fr", "fr"), ("pt-BR", "pt-BR"), ("de", "de")])
async def test_of_several_languages_the_members_own_is_taken(
    stage: Stage, speaks: Speaks, client: str, language: str
) -> None:
    speaks(stage.bob, client)
    await stage.ann.slash(stage.channel, "story start", story="few")
    assert f"({language})" in private(await stage.press(stage.bob, "🌐 Deutsch, Français, Português (Brasil), …"))


async def test_of_several_languages_that_are_not_the_members_own_they_choose(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="few")
    asked = await stage.press(stage.bob, "🌐")
    assert "In which language would you like to read this section?" in private(asked)
    assert asked.response
    chosen = await stage.bob.select(asked.response, values=["pl"])
    assert "(pl)" in private(chosen)


async def test_a_section_that_was_passed_is_read_again_in_either_language(stage: Stage) -> None:
    await stage.next()
    again = await stage.ann.slash(stage.channel, "reread")
    assert labels(again) == ["🌐 Deutsch"]
    assert "Szene 1 (de)" in private(await stage.click(stage.ann, again, "🌐 Deutsch"))


async def test_what_was_read_again_stays_beside_its_translation(stage: Stage) -> None:
    await stage.next()
    again = await stage.ann.slash(stage.channel, "reread")
    await stage.click(stage.ann, again, "🌐 Deutsch")
    assert "Anna tells scene 1." in shown(again)


async def read_three(stage: Stage) -> None:
    """Have three scenes read, of which two are in German."""
    await stage.next()
    for label in ("Anna", "Next", "Anna"):
        await stage.press(stage.ann, label)


async def test_a_recap_is_in_the_members_own_language_as_far_as_it_is_translated(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.bob, "de")
    await read_three(stage)
    said = private(await stage.bob.slash(stage.channel, "recap"))
    assert "Eine Geschichte" in said
    assert "**1. [Szene 1](" in said
    assert "**3. [Scene 3](" in said
    assert "Eine Geschichte" not in private(await stage.ann.slash(stage.channel, "recap"))


async def test_what_was_missed_is_read_in_the_members_own_language(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.bob, "de")
    await read_three(stage)
    await stage.press(stage.ann, "Next")
    missed = await stage.bob.slash(stage.channel, "catchup")
    assert "**2. [Szene 2](" in private(missed)
    await stage.click(stage.bob, missed, "Ganz nachlesen")
    assert "Anna erzählt Szene 1 (de)." in shown(missed)
    await stage.click(stage.bob, missed, "Nächster Abschnitt")
    assert "Anna erzählt Szene 2 (de)." in shown(missed)
    await stage.click(stage.bob, missed, "Nächster Abschnitt")
    assert "Anna tells scene 3." in shown(missed)


async def test_a_recap_that_is_not_translated_is_the_storys(stage: Stage, speaks: Speaks) -> None:
    german = in_german(TALE, 1)
    bare = replace(german.scenes[0], sections=(replace(german.scenes[0].sections[0], recap=""),))
    await stage.restart(replace(TALE, translations=(replace(german, scenes=(bare,)),)))
    speaks(stage.bob, "de")
    await stage.next()
    assert "Anna recaps 1" in private(await stage.bob.slash(stage.channel, "recap"))


async def test_who_reads_the_storys_own_language_has_a_button_to_the_others(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Anna")
    await stage.press(stage.ann, "Next")
    missed = await stage.bob.slash(stage.channel, "catchup")
    await stage.click(stage.bob, missed, "Read in full")
    assert "Anna tells scene 1." in shown(missed)
    assert "Szene 1 (de)" in private(await stage.click(stage.bob, missed, "🌐 Deutsch"))
    assert "Anna tells scene 1." in shown(missed)


async def test_a_section_that_was_passed_is_chosen_in_one_of_several_languages(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="few")
    again = await stage.ann.slash(stage.channel, "reread")
    asked = await stage.click(stage.ann, again, "🌐")
    assert asked.response
    assert "(fr)" in private(await stage.ann.select(asked.response, values=["fr"]))


@pytest.mark.parametrize("custom_id", ["translation:1:scene-2:anna", "translation:1:2"])
async def test_what_is_still_ahead_is_not_told(stage: Stage, monkeypatch: pytest.MonkeyPatch, custom_id: str) -> None:
    monkeypatch.setattr(layouts, "translation_button", lambda _: [layouts.button("Forged", custom_id)])
    await stage.next()
    assert "Szene 2" not in private(await stage.press(stage.bob, "Forged"))


async def test_a_translation_that_was_taken_away_is_said_to_be_gone(stage: Stage) -> None:
    await stage.next()
    await stage.restart(TALE)
    assert "This section isn't in another language." in private(await stage.press(stage.bob, "🌐 Deutsch"))


async def test_another_servers_reading_is_not_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await stage.next()
    [here] = await stage.queries.readings(stage.server.id)
    forged = layouts.button("Forged", f"translation:{here.id}:1")
    monkeypatch.setattr(layouts, "translation_button", lambda _: [forged])
    elsewhere = stage.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("story")
    eve = elsewhere.add_member(stage.env.create_user("eve"))
    await eve.slash(channel, "story start", story="few")
    assert "There's no story here" in private(await stage.click(eve, stage.last(channel), "Forged"))


async def test_a_vote_leaves_the_button_where_it_is(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    assert labels(stage.last()) == ["Anna", "Ben · 1", "Next", "🌐 Deutsch"]


async def test_in_plain_mode_the_button_has_no_sign(stage: Stage) -> None:
    await stage.bot.services.settings.change(stage.server.id, None, plain="true")
    await stage.next()
    assert "Deutsch" in labels(stage.last())
    assert "Szene 1 (de)" in private(await stage.press(stage.bob, "Deutsch"))


async def test_a_long_section_comes_in_as_many_messages_as_it_needs(stage: Stage) -> None:
    long = in_german(TALE, 1)
    [first] = long.scenes
    text = "Es war einmal ein Brunnen.\n\n" * 300
    longer = replace(first, sections=(replace(first.sections[0], text=text),))
    await stage.restart(replace(TALE, translations=(replace(long, scenes=(longer,)),)))
    await stage.next()
    answer = await stage.press(stage.bob, "🌐 Deutsch")
    parts = [shown(each) for each in (answer.response, *answer.followups) if each and each.ephemeral]
    assert sum(part.count("Es war einmal") for part in parts) == 300
    assert "(1/" not in parts[0]
    assert "Teil 2 von" in parts[2]


async def test_the_ways_on_are_told_as_the_translation_calls_them(stage: Stage) -> None:
    fork = story("A", "A", "AB", story_id="fork", title="Fork")
    ways = (Link("Down", "scene-2"), Link("Home", "scene-3"))
    fork = replace(fork, scenes=(replace(fork.scenes[0], links=ways), *fork.scenes[1:]))
    german = in_german(fork, 1)
    down = (Link("Hinab", "scene-2"), Link("Heim", "scene-3"))
    german = replace(german, scenes=(replace(german.scenes[0], links=down),))
    await stage.restart(replace(fork, translations=(german,)))
    await stage.ann.slash(stage.channel, "story start", story="fork")
    said = private(await stage.press(stage.bob, "🌐 Deutsch"))
    assert "Die Abstimmung:** Hinab (Down), Heim · Anna (Home · Anna) und Heim · Ben (Home · Ben)" in said


async def test_povs_that_are_called_otherwise_are_told_with_their_buttons(stage: Stage) -> None:
    german = in_german(TALE, 1, povs=(replace(ANNA, name="Änne"), *TALE.povs[1:]))
    await stage.restart(replace(TALE, translations=(german,)))
    await stage.next()
    assert "Die Abstimmung:** Änne (Anna)" in private(await stage.press(stage.bob, "🌐 Deutsch"))
    await stage.press(stage.ann, "Ben")
    await stage.next()
    closed = await stage.click(stage.bob, stage.messages()[0], "🌐 Deutsch")
    assert "Die Abstimmung" not in private(closed)


async def test_the_first_three_scenes_of_the_box_are_read_in_german(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.bob, "de")
    await stage.ann.slash(stage.channel, "story start", story="room-241")
    said = private(await stage.press(stage.bob, "🌐 Deutsch"))
    assert "## Einmal im Jahr" in said
    assert "# Zimmer 241" in said
    assert "Szene 1 von 13 · Erzähler" in said
    assert "Die Abstimmung:** Erzähler (General)" in said
    for title, voice in (("Das vierte Jahr", "Lily"), ("Kein Wort", "James")):
        await stage.press(stage.ann, voice)
        if voice == "Lily":
            await stage.next()
        assert f"## {title}" in private(await stage.press(stage.bob, "🌐 Deutsch"))
    await stage.press(stage.ann, "Lily")
    assert not any("Deutsch" in label for label in labels(stage.last()))


@pytest.mark.parametrize("plain", [False, True])
async def test_a_card_with_every_button_has_room_for_one_more(*, plain: bool) -> None:
    povs = tuple(Pov(f"pov-{n}", f"{'字' * 30} {n}", 1) for n in range(MOST_CHOICES))
    first = Scene("scene-1", "字" * 200, (Section(povs[0], "字 " * 4000),))
    second = Scene("scene-2", "B", tuple(Section(pov, "x") for pov in povs))
    tale = Story("tale", "字" * 100, ("A",), povs, (first, second))
    tale = replace(tale, translations=tuple(replace(tale, language=tag) for tag in ("de", "fr", "pt-BR", "zh")))
    here = place()
    here = replace(
        here,
        last=replace(here.last, scene="scene-1", pov="pov-0"),
        path=(replace(here.last, scene="scene-1", pov="pov-0"),),
    )
    page = Page(Reading(7, 1, 2, "tale", 3), tale, here, Ballot(options(tale, here), here))
    await assert_fits(layouts.page(page))
    assert "🌐" in str(layouts.components(layouts.page(page)[-1]))
    await assert_fits(translated(page, tale.translations[0], first, first.sections[0]))
