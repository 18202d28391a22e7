"""A file of a mebibyte of each format comes in through the upload, is kept, and is read to its end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import discord
import pytest
from simcord import MemberActor

from story.importing.markdown_writer import write_markdown
from story.rules.page import Turn
from story.rules.presses import Member
from tests.builders import story
from tests.cogs.stage import Stage
from tests.cogs.test_importing import message
from tests.story.importing.works import chapter, epub, work

MEBIBYTE = 1024 * 1024
PARAGRAPH = "The rain came in sideways, and nobody in the whole long house had thought to close the shutters. " * 24
CHAPTERS = MEBIBYTE // len(PARAGRAPH)


def paragraphs() -> Iterator[tuple[int, str]]:
    return ((number, f"{PARAGRAPH}{number}.") for number in range(1, CHAPTERS + 1))


def markdown() -> bytes:
    """Sections are as long as their author wants them, and so there are few."""
    return write_markdown(story(*["A", "B"] * 20, text=f"{PARAGRAPH}\n\n" * (CHAPTERS // 40))).encode()


def manuscript() -> bytes:
    return "\n\n-----\n\n".join(f"{'ANNA' if n % 2 else 'BEN'} POV\n\n{text}" for n, text in paragraphs()).encode()


def html() -> bytes:
    return work(*(chapter(f"Chapter {n}: Rain", f"<p>{text}</p>") for n, text in paragraphs())).encode()


def book() -> bytes:
    return epub({f"c{n}.xhtml": f"<h1>Chapter {n}</h1><p>{text}</p>" for n, text in paragraphs()})


def twee() -> bytes:
    passages = (
        f":: {'Start' if n == 1 else f'P{n}'}\n{text}\n" + (f"[[P{n + 1}]]\n" if n < CHAPTERS else "")
        for n, text in paragraphs()
    )
    return (":: StoryTitle\nRain\n\n" + "\n".join(passages)).encode()


@pytest.mark.parametrize(
    ("name", "made"),
    [("rain.md", markdown), ("rain.txt", manuscript), ("rain.html", html), ("rain.epub", book), ("rain.twee", twee)],
)
async def test_a_large_file_is_brought_in_and_read_to_its_end(
    stage: Stage, name: str, made: Callable[[], bytes]
) -> None:
    data = made()
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    owner: MemberActor = stage.server.add_member(stage.env.create_user("owner"), roles=[role])
    preview = message(await owner.slash(stage.channel, "library import", file=(name, data)))
    await owner.click(preview, label="Keep it")
    [own] = stage.queries.library.own(stage.server.id)
    found = stage.queries.library.get(own.id)
    assert found
    assert sum(len(section.text) for section in found.sections()) > 0.95 * MEBIBYTE
    assert await sections_read(stage, own.id) == len(found.scenes)


async def sections_read(stage: Stage, story_id: str) -> int:
    """Read a story to its end, below what Discord would see; return how many sections that was."""
    if isinstance(stage.database, Path):  # here nobody pulls the plug, and tests' own server knows so
        await stage.queries._store._writer.execute_fetchall("PRAGMA synchronous = OFF")
    server, ann = stage.server.id, Member(stage.ann.id)
    turn = await stage.readings.start(server, stage.channel.id, ann.id, story_id)
    while turn.page.ballot:
        page = turn.page
        turned = await stage.bot.services.votes.press(server, page.reading.id, page.step.n, ann)
        assert isinstance(turned, Turn)
        turn = turned
    assert turn.page.at_end
    return len(turn.page.place.path)
