import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from story.errors import DraftGone
from story.importing import BrokenStoryError
from story.importing.doubts import Step
from story.importing.draft import mark_part, rename_pov
from story.importing.limits import LIMITS, Limits
from story.importing.markdown_writer import write_markdown
from story.importing.modes import Mode
from story.model import Vote
from story.services import drafts as module
from story.services.drafts import Drafts, Upload
from story.workers.queue import Work
from tests.builders import Clock, story
from tests.story.room import ANN, BOB, GUILD

TEXT = b"ANNA POV\n\nRain.\n"


@pytest.fixture
def bench(clock: Clock) -> Drafts:
    return Drafts(clock, LIMITS, Work())


async def brought(bench: Drafts, member: int = ANN) -> Upload:
    return await bench.bring(GUILD, member, "rain.txt", TEXT)


async def test_what_was_brought_is_found_by_whoever_brought_it(bench: Drafts) -> None:
    upload = await brought(bench)
    assert bench.upload(GUILD, ANN, upload.number) is upload
    assert upload.story.title == "rain"


async def test_nobody_else_finds_it_and_not_elsewhere_and_not_by_another_number(bench: Drafts) -> None:
    upload = await brought(bench)
    for guild, member, number in (
        (GUILD, BOB, upload.number),
        (GUILD + 1, ANN, upload.number),
        (GUILD, ANN, upload.number + 1),
    ):
        with pytest.raises(DraftGone):
            bench.upload(guild, member, number)


async def test_a_second_story_takes_the_place_of_the_first(bench: Drafts) -> None:
    first, second = await brought(bench), await brought(bench)
    assert bench.upload(GUILD, ANN, second.number)
    with pytest.raises(DraftGone):
        bench.upload(GUILD, ANN, first.number)


async def test_what_was_taken_is_not_there_any_more(bench: Drafts) -> None:
    upload = await brought(bench)
    assert bench.take(GUILD, ANN, upload.number) is upload
    with pytest.raises(DraftGone):
        bench.take(GUILD, ANN, upload.number)


async def test_after_an_hour_it_is_gone(bench: Drafts, clock: Clock) -> None:
    upload = await brought(bench)
    clock.move(timedelta(hours=1).total_seconds())
    with pytest.raises(DraftGone):
        bench.upload(GUILD, ANN, upload.number)
    await brought(bench, BOB)
    assert list(bench._pieces) == [BOB]


async def test_the_oldest_make_room(bench: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PIECES", 2)
    for member in (1, 2, 3):
        await brought(bench, member)
    assert list(bench._pieces) == [2, 3]


async def test_a_change_is_kept_in_the_draft(bench: Drafts) -> None:
    upload = await brought(bench)
    changed = await bench.change(upload, lambda draft: rename_pov(draft, "Anna", "Zoe"))
    assert [pov.name for pov in bench.upload(GUILD, ANN, upload.number).story.povs] == ["Zoe"]
    assert changed.number == upload.number


async def test_a_change_that_leaves_no_story_is_refused(bench: Drafts) -> None:
    upload = await brought(bench)
    with pytest.raises(BrokenStoryError):
        await bench.change(upload, lambda draft: mark_part(draft, 0, is_note=True))
    assert bench.upload(GUILD, ANN, upload.number) is upload


async def test_a_story_that_says_it_all_cannot_be_changed(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "tale.md", write_markdown(story("A")).encode())
    assert upload.story == replace(story("A"), id="tale")
    with pytest.raises(DraftGone):
        await bench.change(upload, lambda draft: draft)


async def test_its_limits_hold(clock: Clock) -> None:
    with pytest.raises(BrokenStoryError, match="too large"):
        await Drafts(clock, Limits(bytes=3), Work()).bring(GUILD, ANN, "rain.txt", TEXT)
    two = b"ANNA POV\n\nRain.\n\n---\n\nBEN POV\n\nRain.\n"
    with pytest.raises(BrokenStoryError, match="more than 1 parts"):
        await Drafts(clock, Limits(sections=1), Work()).bring(GUILD, ANN, "rain.txt", two)


# ---- at once

PARTS = b"ANNA POV\n\nHello there my friend.\n\n***\n\nBEN POV\n\nGood day to you.\n"


async def test_two_changes_at_once_are_both_kept(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "rain.txt", PARTS)
    await asyncio.gather(
        bench.change(upload, lambda draft: rename_pov(draft, "Anna", "Zoe")),
        bench.change(upload, lambda draft: mark_part(draft, 1, is_note=True)),
    )
    now = bench.upload(GUILD, ANN, upload.number).draft
    assert now
    assert [(part.pov, part.is_note) for part in now.parts] == [("Zoe", False), ("Ben", True)]


async def test_a_draft_that_was_kept_while_it_was_changed_does_not_come_back(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "rain.txt", PARTS)
    change = asyncio.create_task(bench.change(upload, lambda draft: mark_part(draft, 1, is_note=True)))
    await asyncio.sleep(0)
    bench.take(GUILD, ANN, upload.number)
    with pytest.raises(DraftGone):
        await change
    with pytest.raises(DraftGone):
        bench.upload(GUILD, ANN, upload.number)


async def test_a_draft_that_another_has_taken_the_place_of_does_not_take_it_back(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "rain.txt", PARTS)
    change = asyncio.create_task(bench.change(upload, lambda draft: mark_part(draft, 1, is_note=True)))
    await asyncio.sleep(0)
    second = replace(upload, number=upload.number + 1)
    bench.put(second)
    with pytest.raises(DraftGone):
        await change
    assert bench.upload(GUILD, ANN, second.number) is second


async def test_a_draft_that_could_not_be_kept_comes_back(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "rain.txt", PARTS)
    bench.put_back(bench.take(GUILD, ANN, upload.number))
    assert bench.upload(GUILD, ANN, upload.number) is upload


async def test_a_draft_that_could_not_be_kept_does_not_take_the_place_of_another(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "rain.txt", PARTS)
    bench.take(GUILD, ANN, upload.number)
    second = await bench.bring(GUILD, ANN, "rain.txt", PARTS)
    bench.put_back(upload)
    assert bench.upload(GUILD, ANN, second.number) is second


# ---- how it is read


async def test_a_draft_has_its_doubts_and_the_ways_to_read_it(bench: Drafts) -> None:
    parts = ("JAMES", "LILY", "JAMES", "JAMSE")
    text = "\n\n".join(f"{name} POV\n\nHello there my friend." for name in parts)
    upload = await bench.bring(GUILD, ANN, "rain.txt", text.encode())
    assert [(doubt.step, doubt.about, doubt.into) for doubt in upload.doubts] == [(Step.MERGE, "Jamse", "James")]
    assert (upload.modes[0].mode, upload.mode, upload.story.vote) == (Mode.FOLLOW, Mode.FOLLOW, Vote.FOLLOW)


async def test_a_draft_is_read_in_another_way(bench: Drafts) -> None:
    upload = await bench.read_as(await bench.bring(GUILD, ANN, "rain.txt", PARTS), Mode.IN_ORDER)
    assert (upload.mode, upload.story.vote) == (Mode.IN_ORDER, Vote.ORDER)


async def test_a_story_that_says_it_all_is_read_in_another_way_if_it_has_one(bench: Drafts) -> None:
    said = story("A", "B", vote=Vote.ORDER)
    upload = await bench.bring(GUILD, ANN, "tale.md", write_markdown(said).encode())
    assert upload.mode is Mode.IN_ORDER
    upload = await bench.read_as(upload, Mode.FOLLOW)
    assert (upload.mode, upload.story) == (Mode.FOLLOW, replace(said, vote=Vote.FOLLOW))
    assert (await bench.read_as(upload, Mode.IN_ORDER)).story == said
    bench.take(GUILD, ANN, upload.number)
    with pytest.raises(DraftGone):
        await bench.read_as(upload, Mode.FOLLOW)


async def test_a_story_that_says_it_all_and_is_no_line_of_turns_has_no_other_way(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "tale.md", write_markdown(story("AB", "A")).encode())
    assert (upload.modes, upload.mode) == ((), None)


async def test_notes_are_read_nowhere_but_in_the_draft(bench: Drafts) -> None:
    upload = await bench.bring(GUILD, ANN, "rain.txt", b"A/N: Thanks to my beta!\n\n***\n\n" + PARTS)
    assert upload.draft
    assert [part.is_note for part in upload.draft.parts] == [True, False, False]
    assert "beta" not in write_markdown(upload.story)
