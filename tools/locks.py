"""What is asked for in pyproject.toml, and what `make lock` has pinned for it."""

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS: dict[str, tuple[str, ...]] = {
    "requirements.txt": (),
    "requirements/postgresql.txt": ("postgresql",),
    "requirements/rehearsal.txt": ("rehearsal",),
    "requirements/dev.txt": ("postgresql", "rehearsal", "dev"),
}
"""Each lock, and the extras and dependency groups in it beside what the bot runs on."""


def asked_for(groups: Iterable[str]) -> list[Requirement]:
    """Return what pyproject.toml asks for: what the bot runs on, and these extras and dependency groups."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    more = {**table["project"]["optional-dependencies"], **table["dependency-groups"]}
    lines = [*table["project"]["dependencies"], *(line for group in groups for line in more[group])]
    return [Requirement(line) for line in lines]


def pinned(lock: str) -> list[Requirement]:
    """Return the pins of a lock; a package can have several, for different Pythons."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [Requirement(line.removesuffix("\\")) for line in text.splitlines() if line[:1].isalnum()]


def names(requirements: Iterable[Requirement]) -> set[str]:
    """Return the packages, by the names that registries compare."""
    return {canonicalize_name(each.name) for each in requirements}


def wanted_here(requirements: Iterable[Requirement], extras: Iterable[str] = ()) -> list[Requirement]:
    """Return those that are wanted on this system and Python, by a package that is installed with these extras."""
    ways = [{"extra": extra} for extra in ("", *extras)]
    return [each for each in requirements if each.marker is None or any(map(each.marker.evaluate, ways))]


def brought_along(roots: Iterable[Requirement]) -> Iterator[Requirement]:
    """Yield what is wanted of these here, and what that needs in turn, as the installed packages say.

    Of a package that is not installed it is not known what it needs.
    """
    waiting, seen = wanted_here(roots), set[tuple[str, frozenset[str]]]()
    while waiting:
        each = waiting.pop(0)
        yield each
        key = canonicalize_name(each.name), frozenset(each.extras)
        if key not in seen:
            seen.add(key)
            waiting += wanted_here(_needs(each.name), each.extras)


def _needs(package: str) -> list[Requirement]:
    try:
        return [Requirement(line) for line in requires(package) or []]
    except PackageNotFoundError:
        return []
