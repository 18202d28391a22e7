"""Speaking another language for a while."""

from contextlib import AbstractContextManager

from cogs.ui import texts


def speaking(language: str, *, plain: bool = False) -> AbstractContextManager[None]:
    """Speak so within, and then again as before."""
    return texts.speaking(texts.Locale(language, plain))
