import io
import pickle
import sys
from typing import Any

import pytest

from story.workers import child
from tests.story.workers import calls


def served(*made: tuple[Any, tuple[Any, ...]]) -> list[Any]:
    """What a worker answers to these calls."""
    answers = io.BytesIO()
    child.serve(io.BytesIO(b"".join(map(child.pack, made))), answers)
    answers.seek(0)
    found = []
    while head := answers.read(child.LENGTH):
        found.append(pickle.loads(answers.read(int.from_bytes(head, "big"))))  # noqa: S301 - made just now
    return found


def test_calls_are_answered_in_order() -> None:
    assert served((len, ("four",)), (max, (1, 2))) == [(True, 4), (True, 2)]


def test_an_error_is_an_answer() -> None:
    [(went_well, error), (_, odd)] = served((calls.refuse, ()), (calls.raise_odd, ()))
    assert not went_well
    assert str(error) == "tale.md:3: no"
    assert repr(odd) == "RuntimeError('OddError')"


def test_it_serves_what_comes_in_with_so_much_memory_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[None] = []
    monkeypatch.setattr(child, "_keep_small", lambda: kept.append(None))
    calls_in, answers = io.TextIOWrapper(io.BytesIO(child.pack((len, ("four",))))), io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdin", calls_in)
    monkeypatch.setattr(sys, "stdout", answers)
    child.main()
    assert answers.buffer.getvalue()
    assert kept == [None]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to that")
@pytest.mark.parametrize(("hard", "expected"), [(-1, child.MOST_MEMORY), (1024, 1024)])
def test_a_worker_may_have_so_much_memory(monkeypatch: pytest.MonkeyPatch, hard: int, expected: int) -> None:
    import resource  # noqa: PLC0415 - only where it is

    limited: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (hard, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _kind, both: limited.append(both))
    child._keep_small()
    assert limited == [(expected, hard)]
