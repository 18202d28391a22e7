"""The locks are what pyproject.toml asks for; told from the installed packages, so that no registry is asked.

Asking one would fail on the day when somebody uploads a wheel for one more Python, which changes a lock and no code.
"""

import re
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_architecture import imported
from tools.locks import LOCKS, ROOT, asked_for, brought_along, names, pinned, wanted_here

BOT = ("cogs", "story", "locales")
NEVER_WITHOUT = {"aiohttp"}
"""What comes with another that is asked for, and whose version that chooses."""
EVERY_LOCK = pytest.mark.parametrize("lock", LOCKS)


@EVERY_LOCK
def test_a_lock_pins_what_is_needed_and_nothing_else(lock: str) -> None:
    assert names(wanted_here(pinned(lock))) == names(brought_along(asked_for(LOCKS[lock])))


@EVERY_LOCK
def test_a_lock_pins_versions_that_everything_agrees_with(lock: str) -> None:
    pins = {canonicalize_name(each.name): each.specifier for each in wanted_here(pinned(lock))}
    for each in brought_along(asked_for(LOCKS[lock])):
        [pin] = pins[canonicalize_name(each.name)]
        assert each.specifier.contains(pin.version, prereleases=True), f"{each} in {lock}"


@EVERY_LOCK
def test_what_is_asked_for_is_pinned_on_every_system(lock: str) -> None:
    pins = {canonicalize_name(each.name): str(each.marker or "") for each in pinned(lock)}
    asked = {canonicalize_name(each.name): str(each.marker or "") for each in asked_for(LOCKS[lock])}
    assert {name: pins[name].replace('"', "'") for name in asked} == {
        name: marker.replace('"', "'") for name, marker in asked.items()
    }


@EVERY_LOCK
def test_every_pin_has_the_hashes_of_its_files(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(pins) == len(pinned(lock))
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


@EVERY_LOCK
def test_no_lock_names_where_packages_come_from(lock: str) -> None:
    assert re.findall(r"://|--index|--extra|--find", (ROOT / lock).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("package", ["lxml", "pillow", "orjson", "msgspec"])
def test_a_package_that_is_built_has_wheels_for_many_systems(package: str) -> None:
    [block] = re.findall(
        rf"^{package}==.*?(?=^[a-z])", (ROOT / "requirements.txt").read_text(), re.DOTALL | re.MULTILINE
    )
    assert block.count("--hash") > 20


def test_each_lock_has_all_of_the_smaller_one() -> None:
    bot, postgresql, rehearsal, dev = ({(each.name, str(each.specifier)) for each in pinned(lock)} for lock in LOCKS)
    assert bot < rehearsal < dev
    assert bot < postgresql < dev


def test_the_bots_lock_has_no_tools() -> None:
    assert not names(pinned("requirements.txt")) & {
        "simcord",
        "pytest",
        "mypy",
        "ruff",
        "playwright",
        "matplotlib",
        "uv",
    }


def test_what_the_bot_imports_is_asked_for_by_name() -> None:
    files = [*ROOT.glob("*.py"), *(file for folder in BOT for file in (ROOT / folder).rglob("*.py"))]
    theirs = {name.partition(".")[0] for file in files for name in imported(file)} & packages_distributions().keys()
    asked = names(asked_for(["postgresql", "rehearsal"])) | NEVER_WITHOUT
    assert {
        name for name in theirs if not asked.intersection(map(canonicalize_name, packages_distributions()[name]))
    } == set()


def test_every_direct_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    asked = [
        *table["project"]["dependencies"],
        *(line for extra in table["project"]["optional-dependencies"].values() for line in extra),
        *(line for group in table["dependency-groups"].values() for line in group),
    ]
    assert [line for line in asked if not re.search(rf'"{re.escape(line)}",\s+# \w', text)] == []
    assert [line for line in asked if not str(Requirement(line).specifier).startswith("==")] == []
