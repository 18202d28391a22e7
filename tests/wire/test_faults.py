from pathlib import Path

import pytest

from tests.wire.faults import difference, matrix


async def test_the_channel_ends_the_same_whatever_goes_wrong_on_the_way(tmp_path: Path) -> None:
    kinds = ["429", "403", "cut", "op7"]
    assert await matrix(kinds, seed=3, rate=0.15, scenes=4, folder=tmp_path) == dict.fromkeys(["nothing", *kinds], "")


async def test_every_event_sent_twice_counts_once(tmp_path: Path) -> None:
    assert not any((await matrix(["twice"], seed=1, rate=1.0, scenes=6, folder=tmp_path)).values())


@pytest.mark.parametrize(
    ("found", "said"), [([1], ""), ([2], "message 0: expected 1, found 2"), ([], "expected 1 messages, found 0")]
)
def test_a_channel_that_differs_is_told_from_one_that_does_not(found: list[object], said: str) -> None:
    assert difference([1], found) == said  # type: ignore[list-item, arg-type] # what a broken run may leave
