from pathlib import Path

from story.authoring.statistics import words_of
from story.cli.stats import duration
from story.services.library import BOX, load_library
from tests.story.cli.conftest import METADATA, Run, scene


def row(out: str, first: str) -> list[str]:
    """The cells of a row, by what it begins with."""
    [line] = [line for line in out.splitlines() if line.startswith(first)]
    return line.removeprefix(first).split()


def test_words_and_time_are_those_of_the_ways_through(run: Run, well: Path) -> None:
    ran = run("stats", well)
    assert ran.code == 0
    assert row(ran.out, "everything")[0] == "14"
    assert row(ran.out, "the shortest way")[0] == str(1 + 3 + 4)
    assert row(ran.out, "the longest way") == [str(3 + 3 + 4), "1", "min"]


def test_each_pov_has_its_share_and_its_longest_silence(run: Run, well: Path) -> None:
    out = run("stats", well).out
    assert row(out, "● Fox") == ["2", "6", "43%", "1", "scene"]
    assert row(out, "● Owl") == ["3", "8", "57%", "0", "scenes"]


def test_the_story_in_the_box_is_measured(run: Run) -> None:
    [story] = load_library([])[0]
    out = run("stats", BOX / "room-241").out
    assert row(out, "everything")[0] == f"{words_of(story):,}"


def test_elsewhere_than_on_a_terminal_it_is_plain_text(run: Run, well: Path) -> None:
    out = run("stats", well).out
    assert not set(out) & set("─━│┃╭╮\x1b")


def test_a_long_name_is_not_cut_short(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "well.md"
    name = "The Fox of the Upper Village, Retired"
    front = METADATA.replace('"Fox"', f'"{name}"')
    path.write_text(f"+++\n{front}+++\n" + scene("Down", **{name: "Yap."}), encoding="utf-8")
    assert f"● {name} " in run("stats", path).out


def test_hours_are_told_from_minutes() -> None:
    assert (duration(1), duration(230 * 59), duration(230 * 125)) == ("1 min", "59 min", "2 h 05 min")
