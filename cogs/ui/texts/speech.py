"""The locale of whoever is spoken to, and `t`, the one way to say anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from cogs.ui.texts.catalogue import CATALOGUES, SOURCE, Catalogue


@dataclass(frozen=True, slots=True)
class Locale:
    """A language, and whether boxes and symbols are left out for screen readers."""

    language: str = SOURCE
    plain: bool = False


_speech: ContextVar[Locale] = ContextVar("_speech", default=Locale())  # noqa: B039 - it is frozen


def speak(speech: Locale) -> None:
    """Use a locale from now on in the running task."""
    _speech.set(speech)


@contextmanager
def speaking(speech: Locale) -> Iterator[None]:
    """Use a locale within the block, for whatever is said or laid out there."""
    before = _speech.set(speech)
    try:
        yield
    finally:
        _speech.reset(before)


def current_locale() -> Locale:
    """Return the running task's locale."""
    return _speech.get()


def catalogue() -> Catalogue:
    """Return the catalogue of the current language, or English if that is gone."""
    return CATALOGUES.get(_speech.get().language) or CATALOGUES[SOURCE]


def t(key: str, /, **values: Any) -> str:
    """Say a message: `t("turn.closes", when=…)`. Whole numbers are written as the language does.

    Raises:
        KeyError: there is no such message, not even in English, or a placeholder has no value.
    """
    return (CATALOGUES.get(_speech.get().language) or CATALOGUES[SOURCE]).say(key, values)


def known(key: str) -> bool:
    """Whether there is a message of that id, in the current language or in English."""
    return key in catalogue() or key in CATALOGUES[SOURCE]


def dot() -> str:
    """Return what separates the parts of a line: a dot, or in plain speech a comma."""
    return ", " if _speech.get().plain else " · "
