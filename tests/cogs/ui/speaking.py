"""Speaking another language for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from cogs.ui import texts


@contextmanager
def speaking(language: str, *, plain: bool = False) -> Iterator[None]:
    """Speak so within, and then again as before."""
    before = texts.current_locale()
    texts.speak(texts.Locale(language, plain))
    try:
        yield
    finally:
        texts.speak(before)
