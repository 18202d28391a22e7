import asyncio
from typing import Any

import pytest

from cogs.core import edit_queue, private_api
from tests.cogs.stage import Stage, labels, shown

SHOW = private_api.show_components


class SlowDiscord:
    """Has the first answer that edits a message wait until it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.edits = 0
        self._go = asyncio.Event()
        slow = self

        async def show(interaction: Any, components: list[dict[str, Any]]) -> None:
            slow.edits += 1
            await slow._go.wait()
            await SHOW(interaction, components)

        monkeypatch.setattr(edit_queue, "show_components", show)

    def go_on(self) -> None:
        self._go.set()


async def counted(stage: Stage, presses: int) -> None:
    """Wait until so many presses under the first step are on disk, and what they led to has got as far as it can."""
    for _ in range(100_000):
        page = await stage.queries.shown(1, 1)
        if page and page.ballot and len(page.ballot.presses) == presses:
            break
        await asyncio.sleep(0)
    for _ in range(100):
        await asyncio.sleep(0)


async def test_presses_that_come_while_a_message_is_edited_are_merged_and_the_last_state_lands(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (await stage.next()).response
    assert page
    slow = SlowDiscord(monkeypatch)
    readers = [stage.join(f"Reader {number}") for number in range(200)]
    with stage.at_once():
        results = [await stage.click(reader, page, "Ben") for reader in readers]
    await counted(stage, 200)
    slow.go_on()
    await stage.env.settle(timeout=30)
    assert all(result.acknowledged for result in results)
    assert "Ben · 200" in labels(page)
    assert slow.edits == 2


async def test_a_ballot_that_is_closed_while_a_vote_is_being_shown_stays_closed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (await stage.next()).response
    assert page
    slow = SlowDiscord(monkeypatch)
    with stage.at_once():
        await stage.click(stage.ann, page, "Ben")
        await stage.click(stage.bob, page, "Next")
    await counted(stage, 2)
    slow.go_on()
    await stage.env.settle()
    assert labels(page) == []
    assert "Ben wins with 1 of 1 vote." in shown(page)


class Press:
    """An interaction whose answers are written down: in the pretend Discord no time passes while an edit hangs."""

    def __init__(self, said: list[str]) -> None:
        self.response = self
        self.answered = asyncio.Event()
        self._said = said

    def is_done(self) -> bool:
        return self.answered.is_set()

    async def defer(self) -> None:
        self.answered.set()
        self._said.append("answered")


async def test_a_press_that_waits_too_long_is_answered_without_an_edit_and_shown_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(edit_queue, "PATIENCE", 0)
    said: list[str] = []
    shown_by = edit_queue.EditQueue()
    let_go = asyncio.Event()

    async def slow() -> None:
        await let_go.wait()

    async def later() -> None:
        said.append("shown")

    async def layout() -> list[dict[str, Any]]:
        return []

    first = asyncio.create_task(shown_by.edit(1, slow))
    await asyncio.sleep(0)
    press: Any = Press(said)
    second = asyncio.create_task(shown_by.answer(press, 1, layout, later))
    await press.answered.wait()
    let_go.set()
    await asyncio.gather(first, second)
    assert said == ["answered", "shown"]
