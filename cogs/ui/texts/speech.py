"""How somebody is spoken to: in which language, and whether in words only; and the one way to say anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from cogs.ui.texts.catalogue import CATALOGUES, SOURCE, Catalogue


@dataclass(frozen=True, slots=True)
class Locale:
    """A language, and whether signs and boxes are left out for screen readers."""

    language: str = SOURCE
    plain: bool = False


_speech: ContextVar[Locale] = ContextVar("_speech", default=Locale())  # noqa: B039 - it is frozen


def speak(speech: Locale) -> None:
    """Speak so from here on in the task that is running."""
    _speech.set(speech)


@contextmanager
def speaking(speech: Locale) -> Iterator[None]:
    """Speak so within, and then again as before: whatever is said or laid out there is for that locale."""
    before = _speech.set(speech)
    try:
        yield
    finally:
        _speech.reset(before)


def current_locale() -> Locale:
    """Return how the running task speaks."""
    return _speech.get()


def catalogue() -> Catalogue:
    """Return the catalogue of the language that is spoken; English for one that there is no longer."""
    return CATALOGUES.get(_speech.get().language) or CATALOGUES[SOURCE]


def t(key: str, /, **values: Any) -> str:
    """Say a message: `t("turn.closes", when=…)`. Whole numbers are written as the language has them.

    Raises:
        KeyError: there is no such message, not even in English, or a placeholder has no value.
    """
    return (CATALOGUES.get(_speech.get().language) or CATALOGUES[SOURCE]).say(key, values)


def known(key: str) -> bool:
    """Whether there is a message of that id, in whatever language."""
    return key in catalogue() or key in CATALOGUES[SOURCE]


def dot() -> str:
    """Return what stands between the parts of a line: a sign, or in plain speech a comma."""
    return ", " if _speech.get().plain else " · "
