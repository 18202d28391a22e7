"""Arrows go one way: bot.py to cogs to cogs/core to cogs/ui to story; in story from services inwards."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
INNER = {"story.model", "story.errors"}
RULES = {"story.rules", "story.times", *INNER}
LAYERS: dict[str, set[str]] = {
    "story.model": set(),
    "story.errors": set(),
    "story.times": {"story.times", *INNER},
    "story.rules": RULES,
    "story.importing": {"story.importing", *RULES},
    "story.authoring": {"story.authoring", "story.importing", *RULES},
    "story.store": {"story.store", *RULES},
    "story.workers": {"story.workers", *INNER},
    "story.services": {"story.services", "story.workers", "story.store", "story.importing", "story.authoring", *RULES},
    "story": {"story"},
    "cogs.ui": {"cogs.ui", "story"},
    "cogs.core": {"cogs.core", "cogs.ui", "story"},
    "cogs": {"cogs", "story"},
    "config": {"story"},
    "rehearsal_page": set(),
    "rehearsal": {"cogs", "config", "rehearsal_page", "story"},
    "bot": {"cogs", "config", "rehearsal", "story"},
}
"""What each folder may import of ours: itself and what lies further in."""
OURS = {"story", "cogs", "config", "rehearsal", "rehearsal_page", "bot", "tests", "benchmarks"}


MODULES = [*ROOT.glob("*.py"), *(ROOT / "story").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")]


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_a_module_imports_only_what_lies_further_in(file: Path) -> None:
    name = name_of(file)
    layer = max((key for key in LAYERS if f"{name}.".startswith(f"{key}.")), key=len)
    ours = {each for each in imported(file) if each.split(".")[0] in OURS}
    allowed = tuple(f"{each}." for each in LAYERS[layer])
    assert {each for each in ours if not f"{each}.".startswith(allowed)} - {"story.__version__"} == set()


@pytest.mark.parametrize("file", [*(ROOT / "story").rglob("*.py")], ids=name_of)
def test_the_story_knows_nothing_of_discord(file: Path) -> None:
    assert {each for each in imported(file) if each.split(".")[0] in {"discord", "simcord"}} == set()


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_only_services_write_to_the_store(file: Path) -> None:
    if not name_of(file).startswith(("story.services.", "story.store")):
        assert ".transaction(" not in file.read_text(encoding="utf-8")
