"""Arrows go one way: bot.py to cogs to story, and within story from the narrator to the rules to the model."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "story": {"story"},
    "story.model": set(),
    "story.errors": set(),
    "story.rules.delivery_failure": set(),
    "story.rules.steps": {"story.rules.delivery_failure"},
    "story.times.phrases": {"story.errors"},
    "story.times.zones": {"story.errors"},
    "story.rules.session_date": {"story.times.phrases"},
    "story.rules.serial": {"story.times.phrases", "story.times.zones"},
    "story.rules.session": set(),
    "story.rules.settings": set(),
    "story.rules.options": {
        "story.errors",
        "story.model",
        "story.rules.steps",
        "story.rules.settings",
        "story.rules.links",
    },
    "story.rules.ballot": {
        "story.model",
        "story.rules.options",
        "story.rules.steps",
        "story.rules.serial",
        "story.rules.session",
        "story.rules.settings",
    },
    "story.rules.page": {
        "story.rules.ballot",
        "story.model",
        "story.rules.steps",
        "story.rules.settings",
        "story.rules.links",
    },
    "story.authoring.canvas": set(),
    "story.rules.links": {"story.model"},
    "story.authoring.simulation": {
        "story.rules.ballot",
        "story.model",
        "story.rules.options",
        "story.rules.steps",
        "story.rules.settings",
    },
    "story.authoring.statistics": {"story.model", "story.rules.session", "story.rules.links"},
    "story.authoring.unsupported": set(),
    "story.authoring.lint": {"story.importing", "story.authoring.unsupported", "story.model", "story.rules.links"},
    "story.authoring.map": {"story.authoring.map", "story.model", "story.authoring.canvas", "story.rules.links"},
    "story.cli": {
        "story.rules.ballot",
        "story.cli",
        "story.importing",
        "story.authoring.map",
        "story.authoring.statistics",
        "story.model",
        "story.rules.options",
        "story.authoring.lint",
        "story.rules.steps",
        "story.rules.session",
        "story.rules.settings",
        "story.services.library",
        "story.store.backup",
        "story.authoring.simulation",
        "story.rules.links",
    },
    "story.__main__": {"story.cli", "story.importing"},
    "story.services.queries": {
        "story.rules.ballot",
        "story.errors",
        "story.model",
        "story.rules.options",
        "story.rules.page",
        "story.rules.steps",
        "story.rules.session",
        "story.rules.settings",
        "story.services.library",
        "story.store",
    },
    "story.importing.validation": set(),
    "story.importing": {"story.rules.ballot", "story.importing.validation", "story.importing", "story.model"},
    "story.services.library": {"story.errors", "story.importing", "story.model"},
    "story.services.transcript": set(),
    "story.services.drafts": {"story.errors", "story.importing", "story.model", "story.services.queries"},
    "story.services.imports": {
        "story.errors",
        "story.importing",
        "story.model",
        "story.rules.page",
        "story.services.queries",
        "story.rules.steps",
        "story.services.library",
        "story.store",
    },
    "story.store": {
        "story.rules.session_date",
        "story.rules.ballot",
        "story.times.phrases",
        "story.errors",
        "story.rules.steps",
        "story.rules.serial",
        "story.rules.session",
        "story.rules.delivery_failure",
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
        "story.services.readings",
        "story.services.members",
        "story.services.sessions",
        "story.services.dates",
        "story.services.settings",
        "story.services.imports",
        "story.store",
        "story.store.transaction",
    }:
        assert ".transaction(" not in file.read_text(encoding="utf-8")
