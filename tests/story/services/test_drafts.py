from dataclasses import replace
from datetime import timedelta

import pytest

from story.errors import DraftGone
from story.importing import BrokenStoryError
from story.importing.draft import mark_part, rename_pov
from story.importing.limits import LIMITS, Limits
from story.importing.markdown_writer import write_markdown
from story.services import drafts as module
from story.services.drafts import Piece, Workbench
from tests.builders import Clock, story
from tests.story.room import ANN, BOB, GUILD

TEXT = b"ANNA POV\n\nRain.\n"


@pytest.fixture
def bench(clock: Clock) -> Workbench:
    return Workbench(clock, LIMITS)


async def brought(bench: Workbench, member: int = ANN) -> Piece:
    return await bench.bring(GUILD, member, "rain.txt", TEXT)


async def test_what_was_brought_is_found_by_whoever_brought_it(bench: Workbench) -> None:
    piece = await brought(bench)
    assert bench.piece(GUILD, ANN, piece.number) is piece
    assert piece.story.title == "rain"


async def test_nobody_else_finds_it_and_not_elsewhere_and_not_by_another_number(bench: Workbench) -> None:
    piece = await brought(bench)
    for guild, member, number in (
        (GUILD, BOB, piece.number),
        (GUILD + 1, ANN, piece.number),
        (GUILD, ANN, piece.number + 1),
    ):
        with pytest.raises(DraftGone):
            bench.piece(guild, member, number)


async def test_a_second_story_takes_the_place_of_the_first(bench: Workbench) -> None:
    first, second = await brought(bench), await brought(bench)
    assert bench.piece(GUILD, ANN, second.number)
    with pytest.raises(DraftGone):
        bench.piece(GUILD, ANN, first.number)


async def test_what_was_taken_is_not_there_any_more(bench: Workbench) -> None:
    piece = await brought(bench)
    assert bench.take(GUILD, ANN, piece.number) is piece
    with pytest.raises(DraftGone):
        bench.take(GUILD, ANN, piece.number)


async def test_after_an_hour_it_is_gone(bench: Workbench, clock: Clock) -> None:
    piece = await brought(bench)
    clock.move(timedelta(hours=1).total_seconds())
    with pytest.raises(DraftGone):
        bench.piece(GUILD, ANN, piece.number)
    await brought(bench, BOB)
    assert list(bench._pieces) == [BOB]


async def test_the_oldest_make_room(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PIECES", 2)
    for member in (1, 2, 3):
        await brought(bench, member)
    assert list(bench._pieces) == [2, 3]


async def test_a_change_is_kept_on_the_workbench(bench: Workbench) -> None:
    piece = await brought(bench)
    changed = await bench.change(piece, lambda draft: rename_pov(draft, "Anna", "Zoe"))
    assert [pov.name for pov in bench.piece(GUILD, ANN, piece.number).story.povs] == ["Zoe"]
    assert changed.number == piece.number


async def test_a_change_that_leaves_no_story_is_refused(bench: Workbench) -> None:
    piece = await brought(bench)
    with pytest.raises(BrokenStoryError):
        await bench.change(piece, lambda draft: mark_part(draft, 0, is_note=True))
    assert bench.piece(GUILD, ANN, piece.number) is piece


async def test_a_story_that_says_it_all_cannot_be_changed(bench: Workbench) -> None:
    piece = await bench.bring(GUILD, ANN, "tale.md", write_markdown(story("A")).encode())
    assert piece.story == replace(story("A"), id="tale")
    with pytest.raises(DraftGone):
        await bench.change(piece, lambda draft: draft)


async def test_its_limits_hold(clock: Clock) -> None:
    with pytest.raises(BrokenStoryError, match="too large"):
        await Workbench(clock, Limits(bytes=3)).bring(GUILD, ANN, "rain.txt", TEXT)
    two = b"ANNA POV\n\nRain.\n\n---\n\nBEN POV\n\nRain.\n"
    with pytest.raises(BrokenStoryError, match="more than 1 parts"):
        await Workbench(clock, Limits(sections=1)).bring(GUILD, ANN, "rain.txt", two)
