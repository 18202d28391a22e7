"""The benchmarks run, a little of each; what they measure on a busy machine means nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.rows import Row, compare
from tests.postgres import INSTALLED

ROOT = Path(__file__).parent.parent
ROWS = (
    "the card that is answered with: JSON",
    "a vote alone: CPU a press",
    "a vote alone: half of the answers within",
    "a vote alone: 99 % of the answers within",
    "a burst of 20 votes: CPU a press",
    "a burst of 20 votes: half of the answers within",
    "a burst of 20 votes: 99 % of the answers within",
    "a burst of 20 votes: not answered within 3 s",
    "a burst of 20 votes: members whose vote is not in the database",
    "a burst of 20 votes: REST calls a vote",
    "votes among 10 members, beside 5: CPU a press",
    "votes among 10 members, beside 5: not answered within 3 s",
    "/next, 2,500 characters: CPU a page",
    "/next, 2,500 characters: 99 % of the answers within",
    "/next, 2,500 characters: not posted within 3 s",
    "an idle bot in one server: memory",
    "an idle bot in one server: memory, alone",
    "20 servers and open ballots: memory",
    "20 servers and open ballots: ready after",
    "20 servers and open ballots: CPU until ready",
    "5 ballots due in one second: not carried out",
    "5 ballots due in one second: carried out within",
    "5 ballots due in one second: their 10 requests take at 50 a second",
    "5 ballots due in one second: requests over that rate (429)",
    "5 ballots due in one second: presses meanwhile not answered within 3 s",
    "5 ballots due in one second: 99 % of these presses answered within",
    "5 dates due in one second: not carried out",
    "5 dates due in one second: carried out within",
    "5 dates due in one second: presses meanwhile not answered within 3 s",
    "5 dates due in one second: 99 % of these presses answered within",
    "calls of the database's driver a page turned",
    "300 steps in 100 readings, beside none: CPU of /next",
    "300 steps in 100 readings, beside none: CPU of a vote",
    "300 steps in 100 readings, beside none: CPU of /where",
    "300 steps in 100 readings, beside none: not answered within 3 s",
    "2 stories of 2,000 words: loaded within",
    "2 stories of 2,000 words: memory beside their text",
)
ON_POSTGRES = (
    "PostgreSQL beside SQLite: CPU of a vote",
    "PostgreSQL beside SQLite: half answered within, a vote",
    "PostgreSQL beside SQLite: CPU of a vote in a burst",
    "PostgreSQL beside SQLite: half answered within, a vote in a burst",
    "PostgreSQL beside SQLite: CPU of /next",
    "PostgreSQL beside SQLite: half answered within, /next",
    "PostgreSQL beside SQLite: not answered within 3 s",
    "1 process: votes a second",
    "1 process: CPU of all of them a vote",
    "1 process: votes not answered within 3 s",
    "2 processes: votes a second",
    "2 processes: CPU of all of them a vote",
    "2 processes: votes not answered within 3 s",
    "2 shards, 1 at a time, 2 processes: all ready after",
    "2 shards, 1 at a time, 2 processes: identifies that Discord refuses",
    "2 shards, 16 at a time, 1 process: all ready after",
    "2 shards, 16 at a time, 1 process: identifies that Discord refuses",
    "20 servers, 1 process: memory of each",
    "2 shards, 16 at a time, 2 processes: all ready after",
    "2 shards, 16 at a time, 2 processes: identifies that Discord refuses",
    "20 servers, 2 processes: memory of each",
)
"""Rows that are there where PostgreSQL is installed."""


def test_the_benchmarks_write_a_table_with_every_row_and_a_plot(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--quick", "--results", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own module
    text = (tmp_path / "results.md").read_text(encoding="utf-8")
    table = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    assert [row[0] for row in table[2:]] == [*ROWS, *(ON_POSTGRES if INSTALLED else ())]
    assert {len(row) for row in table[1:]} == {6}
    assert (tmp_path / "results.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("measured", "met"), [(0.85, True), (0.854, True), (0.856, False)])
def test_a_value_is_judged_as_it_is_shown(measured: float, met: bool) -> None:  # noqa: FBT001 - an expected value
    assert Row("a vote", "", measured, at_most=0.85).met is met


def test_what_is_compared_are_the_medians_of_the_rounds() -> None:
    row = compare("a vote", [1.0, 2.0, 9.0], [4.0, 1.0, 5.0], " ms", 0.85)
    assert row.line() == "| a vote | 4 ms | 2 ms | 0.5 | at most 0.85 | yes |"


def test_a_missed_aim_is_stated_as_missed() -> None:
    assert compare("a vote", [2.0], [1.0], " ms", 0.85).line().endswith("| at most 0.85 | **no** |")
