"""Every text that a member reads, in the language that is being spoken: `texts.NEXT_LABEL` is that language's.

Each language is a module with the same names. Which one is spoken is a matter of the task that is running.
"""

from types import ModuleType
from typing import TYPE_CHECKING, Any

from cogs.ui.texts import english, german
from cogs.ui.texts.common import LANGUAGE_NAMES, NAME, PATH_FILE, link
from cogs.ui.texts.speech import Locale, current_locale, speak

if TYPE_CHECKING:
    from cogs.ui.texts.english import *  # noqa: F403 - the names are the same in every language

__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "NAME", "PATH_FILE", "Locale", "current_locale", "link", "speak"]

LANGUAGES: dict[str, ModuleType] = {"en": english, "de": german}


def __getattr__(name: str) -> Any:
    return getattr(LANGUAGES.get(current_locale().language, english), name)
