"""How a server is spoken to: in which language, and whether in words only."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """A language, and whether signs and boxes are left out for screen readers."""

    language: str = "en"
    plain: bool = False


_speech: ContextVar[Locale] = ContextVar("_speech", default=Locale())  # noqa: B039 - it is frozen


def speak(speech: Locale) -> None:
    """Speak so from here on in the task that is running."""
    _speech.set(speech)


def current_locale() -> Locale:
    """Return how the running task speaks."""
    return _speech.get()


def dot() -> str:
    """Return what stands between the parts of a line: a sign, or in plain speech a comma."""
    return ", " if _speech.get().plain else " · "
