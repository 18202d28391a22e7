"""A section read in other languages: in private, while others turn the page, through restarts and lost answers."""

import asyncio
from pathlib import Path

import pytest

from tests.wire.driver import Outcome, Wire, until
from tests.wire.processes import open_bot
from tests.wire.setting import STORY
from tests.wire.test_recovering import settled

ANN, BOB = 101, 102
FIRST, SECOND = "translation:1:1", "translation:1:2"
LANGUAGES = {"de": "erzählt Szene", "fr": "raconte la scène"}
CALLBACK = "/callback$"


@pytest.fixture(autouse=True)
def _translated(config: Path) -> None:
    """Have the first two scenes in German, and the second in French, too, where it is long."""
    for language, scenes in {"de": (1, 2), "fr": (2,)}.items():
        folder = config.parent / "stories" / STORY / language
        folder.mkdir()
        for number in scenes:
            told = f"Anna {LANGUAGES[language]} {number}." + " Il pleut toujours." * (400 if language == "fr" else 0)
            (folder / f"{number:02}.md").write_text(f"# {language} {number}\n\n## Anna\n\n{told}\n", encoding="utf-8")


async def choose(wire: Wire, channel: int, member: int, asked: Outcome, language: str) -> Outcome:
    """Have a member choose one of several languages in the private answer that asks for it."""
    assert asked.message
    press = {"custom_id": SECOND.replace("translation", "translate"), "message": int(asked.message["id"])}
    chosen = await wire.ask("choose", channel=channel, member=member, values=[language], **press)
    return Outcome(**chosen)


async def posted(wire: Wire, channel: int) -> int:
    return len(await wire.ask("messages", channel=channel))


async def test_the_button_of_a_page_that_was_passed_works_after_a_restart(wire: Wire, config: Path) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config):
        await wire.command(channel, ANN, "story start", story=STORY)
        await wire.press_label(channel, ANN, "Anna")
        await wire.press_label(channel, ANN, "Next")
        assert "Anna erzählt Szene 1." in (await wire.press(channel, BOB, FIRST)).text
    async with open_bot(wire, config):
        await settled(config)
        read = await wire.press(channel, BOB, FIRST)
    assert read.private
    assert "Anna erzählt Szene 1." in read.text


async def test_a_language_is_chosen_although_the_bot_was_killed_since_it_asked(wire: Wire, config: Path) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config) as bot:
        await wire.command(channel, ANN, "story start", story=STORY)
        await wire.press_label(channel, ANN, "Anna")
        await wire.press_label(channel, ANN, "Next")
        asked = await wire.press(channel, BOB, SECOND)
        assert "In which language" in asked.text
        await bot.kill()
    async with open_bot(wire, config):
        before = await posted(wire, channel)
        read = await choose(wire, channel, BOB, asked, "fr")
        assert "Anna raconte la scène 2." in read.text
        rest = await until(lambda: wire.ask("followups", interaction=read.id), "the rest of it")
        assert "Il pleut toujours." in str(rest)
        assert await posted(wire, channel) == before


async def test_many_read_it_in_private_while_others_turn_the_page(wire: Wire, config: Path) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config):
        await wire.command(channel, ANN, "story start", story=STORY)
        await wire.press_label(channel, ANN, "Anna")
        readers = [wire.press(channel, member, FIRST) for member in range(300, 320)]
        turned, *read = await asyncio.gather(wire.press_label(channel, ANN, "Next"), *readers)
        await settled(config)
        assert turned.answered
        assert all(each.private and "Anna erzählt Szene 1." in each.text for each in read)
        # Who only reads in another language is waited for by nobody.
        [*_, card] = await wire.ask("outline", channel=channel)
        assert "Waiting for" not in str(card["texts"])
        assert await posted(wire, channel) == 1 + 1


@pytest.mark.parametrize("kind", ["404", "cut", "502"])
async def test_an_answer_that_is_lost_is_had_by_the_next_press(wire: Wire, config: Path, kind: str) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config):
        await wire.command(channel, ANN, "story start", story=STORY)
        await wire.ask("faults", faults=[{"kind": kind, "route": CALLBACK, "times": 1}])
        await wire.press(channel, BOB, FIRST)
        read = await wire.press(channel, BOB, FIRST)
        assert read.private
        assert "Anna erzählt Szene 1." in read.text
        assert await posted(wire, channel) == 1
