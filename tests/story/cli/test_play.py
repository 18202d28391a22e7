import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from story.services.library import BOX
from tests.builders import write_story
from tests.story.cli.conftest import METADATA, Run, scene

Type = Callable[..., None]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Have these lines typed; after the last one the input is at its end."""

    def type_(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return type_


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A story whose first scene leads to the second, told by Fox, or the third, told by Owl; both end it."""
    scenes = {
        "01-fork.md": scene("Fork", ways="[Go left](#left), [Go right](#right)", fox="Left or right?"),
        "02-left.md": scene("Left", ways="the end", fox="A ditch."),
        "03-right.md": scene("Right", owl="A tree."),
    }
    return write_story(tmp_path / "fork", {"story.toml": METADATA, **scenes})


def test_a_story_is_read_to_its_end_by_voting(run: Run, well: Path, typed: Type) -> None:
    typed("2", "1", "")
    ran = run("play", well)
    assert ran.code == 0
    heard = [line for line in ran.out.splitlines() if " · " in line]
    assert heard == ["1/3  Down · Owl", "2/3  Deep · Fox", "3/3  Up · Owl"]
    assert "Fox tells it (your vote)" in ran.out
    assert ran.out.endswith("The end.\n3 sections heard, 8 words: Owl 2, Fox 1\n")


def test_the_text_is_shown_without_its_marks(run: Run, well: Path, typed: Type) -> None:
    typed("1", "1", "")
    assert "It is cold." in run("play", well).out


def test_enter_leaves_it_to_the_rule_of_the_ballot(run: Run, well: Path, typed: Type) -> None:
    typed("", "", "")
    out = run("play", well).out
    assert "Fox tells it (no vote; comes first in the story)" in out
    assert "Owl tells it (no vote; heard least so far)" in out


def test_a_story_that_says_little_of_itself_begins_at_once(run: Run, tmp_path: Path, typed: Type) -> None:
    metadata = METADATA.replace('rating = "Teen"', "").replace('blurb = "Two animals, one bucket."', "")
    path = write_story(tmp_path / "well", {"story.toml": metadata, "01.md": scene("Down", fox="Yap.")})
    typed()
    assert run("play", path).out.startswith("The Well\nby Ada, Ben\n\n1/1  Down · Fox\n")


def test_a_pov_goes_by_its_name_too(run: Run, well: Path, typed: Type) -> None:
    typed("owl", "FOX", "")
    out = run("play", well).out
    assert out.index("Down · Owl") < out.index("Deep · Fox")


def test_what_is_none_of_the_choices_is_asked_again(run: Run, well: Path, typed: Type) -> None:
    typed("9", "\x1b[A", "0", "²", "2")
    out = run("play", well).out
    assert out.count("is none of these.") == 4
    assert "\x1b" not in out
    assert "Down · Owl" in out


@pytest.mark.parametrize("lines", [("1", "q"), ("1", "Q"), ("1",)])
def test_q_or_the_end_of_the_input_ends_it(run: Run, well: Path, typed: Type, lines: tuple[str, ...]) -> None:
    typed(*lines)
    ran = run("play", well)
    assert ran.code == 0
    assert ran.out.endswith("Until next time.\n1 section heard, 3 words: Fox 1\n")


def test_it_can_be_ended_before_anything_was_heard(run: Run, well: Path, typed: Type) -> None:
    typed("q")
    assert run("play", well).out.endswith("0 sections heard, 0 words\n")


def test_a_way_is_chosen_where_there_are_several(run: Run, fork: Path, typed: Type) -> None:
    typed("2")
    out = run("play", fork).out
    assert [line.split() for line in out.splitlines() if " Go " in line] == [["1", "Go", "left"], ["2", "Go", "right"]]
    assert "Right · Owl" in out
    assert "The end." in out


def test_enter_leaves_the_way_to_the_rule_of_the_ballot(run: Run, fork: Path, typed: Type) -> None:
    typed("")
    out = run("play", fork).out
    assert "Go right (no vote; heard least so far)" in out
    assert "Right · Owl" in out


def test_a_way_goes_by_its_label_or_by_who_tells_it(run: Run, fork: Path, typed: Type) -> None:
    for answer in ("go left", "Fox"):
        typed(answer)
        assert "Go left (your vote)" in run("play", fork).out


@pytest.fixture
def yap(tmp_path: Path) -> Path:
    """A story of six scenes, told by Fox and by Owl in turn."""
    scenes = {f"0{n}.md": scene(f"Part {n}", **{"owl" if n % 2 else "fox": f"Yap {n}."}) for n in range(1, 7)}
    return write_story(tmp_path / "yap", {"story.toml": METADATA, **scenes})


def test_a_pov_can_be_followed(run: Run, yap: Path, typed: Type) -> None:
    typed("fox", "fox", "", "")
    out = run("play", yap, "--order", "follow").out
    assert [line for line in out.splitlines() if " · " in line] == [
        "2/6  Part 2 · Fox",
        "4/6  Part 4 · Fox",
        "5/6  Part 5 · Owl",
        "6/6  Part 6 · Fox",
    ]
    assert "Whose part comes next?" in out
    assert "Fox (skips 1 scene)" in out
    assert "Owl tells it (no vote; comes first in the story)" in out


def test_chance_follows_povs_too(run: Run, yap: Path) -> None:
    ran = run("play", yap, "--order", "follow", "--runs", "50", "--seed", "1")
    [lengths] = [line.split() for line in ran.out.splitlines() if line.startswith("sections")]
    assert int(lengths[1]) < int(lengths[3]) <= 6


def test_there_is_no_order_but_these(run: Run, yap: Path) -> None:
    with pytest.raises(SystemExit):
        run("play", yap, "--order", "backwards")


def test_a_long_story_of_one_pov_waits_between_its_scenes(run: Run, tmp_path: Path, typed: Type) -> None:
    scenes = {f"0{n}.md": scene(f"Part {n}", fox=f"Yap {n}.") for n in (1, 2, 3)}
    path = write_story(tmp_path / "yap", {"story.toml": METADATA, **scenes})
    typed("", "q")
    out = run("play", path).out
    assert "Part 2 · Fox" in out
    assert "Part 3 · Fox" not in out


def test_random_runs_report_what_was_met(run: Run, well: Path) -> None:
    ran = run("play", well, "--runs", "50", "--seed", "1")
    assert ran.code == 0
    lines = {line.split("  ")[0].strip(): line.split()[1:] for line in ran.out.splitlines()}
    assert lines["sections"] == ["3", "3", "3"]
    assert lines["words"][0] == "8"
    heard, offered, chosen = (int(number) for number in lines["● Fox"][1:])
    assert (heard, offered) == (chosen, 100)
    assert int(lines["● Owl"][1]) == 150 - heard
    assert "5 of 5 sections reached" in ran.out


def test_the_same_seed_plays_the_same_runs(run: Run) -> None:
    one, two = (run("play", BOX / "room-241", "--runs", "20", "--seed", "7") for _ in "ab")
    assert one == two
    assert one.out != run("play", BOX / "room-241", "--runs", "20", "--seed", "8").out


def test_a_seed_alone_plays_a_thousand_runs(run: Run, well: Path) -> None:
    assert run("play", well, "--seed", "3").out.startswith("1,000 runs of The Well, seed 3\n")


def test_runs_alone_say_which_seed_plays_them_again(run: Run, well: Path) -> None:
    ran = run("play", well, "--runs", "5")
    seed = ran.out.splitlines()[0].split()[-1]
    assert run("play", well, "--runs", "5", "--seed", seed).out == ran.out


def test_sections_that_were_never_reached_are_named(run: Run, fork: Path) -> None:
    ran = run("play", fork, "--runs", "1", "--seed", "1")
    assert "2 of 3 sections reached" in ran.out
    assert ran.out.count("never reached: ") == 1


def test_chance_takes_every_way(run: Run, fork: Path) -> None:
    out = run("play", fork, "--runs", "100", "--seed", "1").out
    assert "3 of 3 sections reached" in out


def test_runs_that_go_round_for_ever_are_given_up(run: Run, fork: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("story.cli.chance.LONGEST_RUN", 100)
    (fork / "02-left.md").write_text(scene("Left", ways="[On](#left)", fox="Round."), encoding="utf-8")
    out = run("play", fork, "--runs", "20", "--seed", "1").out
    assert "runs had no end within 100 sections" in out


@pytest.mark.parametrize("runs", ["0", "-3"])
def test_no_runs_are_no_way_to_play(run: Run, well: Path, runs: str) -> None:
    ran = run("play", well, f"--runs={runs}")
    assert (ran.code, ran.err) == (2, f"--runs {runs}: expected a number of 1 or more\n")
