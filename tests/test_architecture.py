"""Arrows go one way: bot.py to cogs to story, and within story from the narrator to the rules to the model."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "story": {"story"},
    "story.model": set(),
    "story.errors": set(),
    "story.snag": set(),
    "story.reading": {"story.errors", "story.model", "story.snag"},
    "story.calendar": {"story.errors"},
    "story.zones": {"story.errors"},
    "story.appointment": {"story.calendar"},
    "story.serial": {"story.calendar", "story.zones"},
    "story.session": set(),
    "story.settings": set(),
    "story.ballot": {"story.model", "story.reading", "story.serial", "story.session", "story.settings"},
    "story.page": {"story.ballot", "story.model", "story.reading", "story.settings"},
    "story.pages": {
        "story.ballot",
        "story.errors",
        "story.model",
        "story.page",
        "story.reading",
        "story.session",
        "story.settings",
        "story.shelf",
        "story.store",
    },
    "story.explain": set(),
    "story.formats": {"story.ballot", "story.explain", "story.formats", "story.model"},
    "story.shelf": {"story.errors", "story.formats", "story.model"},
    "story.store": {
        "story.appointment",
        "story.ballot",
        "story.calendar",
        "story.reading",
        "story.serial",
        "story.session",
        "story.snag",
        "story.store",
    },
    "cogs": {"cogs", "story"},
    "config": {"story"},
    "rehearsal": {"cogs", "config", "story"},
    "bot": {"cogs", "config", "rehearsal", "story"},
}
OURS = {"story", "cogs", "config", "rehearsal", "bot", "tests", "benchmarks"}


MODULES = [*ROOT.glob("*.py"), *(ROOT / "story").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")]


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_module_imports_only_what_lies_further_in(file: Path) -> None:
    name = name_of(file)
    rule = max((key for key in ALLOWED if f"{name}.".startswith(f"{key}.")), key=len)
    ours = {each for each in imported(file) if each.split(".")[0] in OURS}
    allowed = tuple(f"{each}." for each in ALLOWED[rule])
    assert {each for each in ours if not f"{each}.".startswith(allowed)} - {"story.__version__"} == set()


@pytest.mark.parametrize("file", [*(ROOT / "story").rglob("*.py")], ids=name_of)
def test_the_story_knows_nothing_of_discord(file: Path) -> None:
    assert {each for each in imported(file) if each.split(".")[0] in {"discord", "simcord"}} == set()


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_only_the_use_cases_write_to_the_store(file: Path) -> None:
    if name_of(file) not in {
        "story.narrator",
        "story.keeper",
        "story.usher",
        "story.diary",
        "story.steward",
        "story.store",
        "story.store.transaction",
    }:
        assert ".transaction(" not in file.read_text(encoding="utf-8")
