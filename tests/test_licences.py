import pytest

from tools.licences import BINDS_NOTHING_OF_OURS, Licensed, licences
from tools.locks import LOCKS

BINDING = ("GPL", "SSPL", "BUSL", "EUPL", "CC-BY-NC", "Commons")
"""Licences that reach what is built on them, or forbid some uses."""


@pytest.mark.parametrize("lock", LOCKS)
def test_no_licence_binds_the_project(lock: str) -> None:
    assert [each for each in licences(lock) if not each.is_permissive and not each.note] == []


def test_what_the_bot_runs_on_is_under_no_licence_that_reaches_further() -> None:
    assert [
        each for each in licences("requirements/postgresql.txt") if any(name in each.licence for name in BINDING)
    ] == []


def test_what_is_excused_is_installed_under_that_very_licence() -> None:
    excused = {name: licence for name, (licence, _) in BINDS_NOTHING_OF_OURS.items()}
    found = {each.package: each.licence for each in licences("requirements/dev.txt") if not each.is_permissive}
    assert found == excused


@pytest.mark.parametrize("licence", ["unknown", "GPL-3.0", "MIT AND LGPL-2.1-or-later", "AGPL-3.0-only", "Proprietary"])
def test_a_licence_that_is_not_known_to_be_permissive_is_not(licence: str) -> None:
    assert not Licensed("somebodys", licence).is_permissive


@pytest.mark.parametrize("licence", ["MIT", "Apache-2.0 OR BSD-2-Clause", "BSD-3-Clause AND (0BSD OR Zlib)"])
def test_a_permissive_licence_is(licence: str) -> None:
    assert Licensed("somebodys", licence).is_permissive
