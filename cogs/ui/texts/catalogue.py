"""What the bot says in each language: the message catalogues in `locales/`, read once when it starts.

A language is one `.po` file, named by its tag. Its plural rules, numbers and lists are CLDR's, by way of Babel.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_datetime
from babel.lists import format_list
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.units import format_unit

LOCALES = Path(__file__).parents[3] / "locales"
SOURCE = "en"
"""The language that the others are translated from, and that stands in for what they lack."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's names of the plural forms, in the order that the forms of a message have."""
UNRENDERED = ("command.", "option.")
"""Messages that Discord shows without their Markdown."""
NUMBERS_KEPT = 4096

Form = tuple[str, bool, bool]
"""A text, whether it has placeholders, and whether it begins with a member."""


class Catalogue:
    """One language: its messages by their ids, and how it writes numbers, lists and lengths of time."""

    def __init__(self, file: Path, commands: re.Pattern[str] | None = None) -> None:
        with file.open("rb") as opened:
            read = read_po(opened, locale=file.stem.replace("-", "_"), abort_invalid=True)
        self.language = file.stem
        self.locale: Locale = Locale.parse(self.language, sep="-")
        found = {_id(each): each for each in read if each.id and not each.fuzzy and all(_forms(each))}
        self.commands = commands or _pattern(found)
        self._forms = {key: [self._form(key, text) for text in _forms(each)] for key, each in found.items()}
        rule = self.locale.plural_form
        self._order = [tag for tag in PLURALS if tag in rule.tags or tag == "other"]
        self._plural = lru_cache(NUMBERS_KEPT)(lambda n: self._order.index(rule(n)))
        self.number: Callable[[int], str] = lru_cache(NUMBERS_KEPT)(partial(format_decimal, locale=self.locale))

    @property
    def name(self) -> str:
        """What the language calls itself, with a capital letter as in a list: "Deutsch"."""
        name = self.locale.get_display_name(self.locale) or self.language
        return name[0].upper() + name[1:]

    def __contains__(self, key: str) -> bool:
        return key in self._forms

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def say(self, key: str, values: dict[str, Any]) -> str:
        """Return a message with its placeholders filled in; numbers are written as the language has them.

        A message with a plural goes by the number `n`.

        Raises:
            KeyError: there is no such message, or a placeholder has no value.
        """
        forms = self._forms[key]
        text, has_placeholders, begins_with_member = forms[self._plural(values["n"])] if len(forms) > 1 else forms[0]
        if not has_placeholders:
            return text
        for name, value in values.items():
            if type(value) is int:
                values[name] = self.number(value)
        said = text.format_map(values)
        return said[0].upper() + said[1:] if begins_with_member else said

    def listed(self, items: Iterable[str]) -> str:
        """Join items to a list: "A, B, and C"."""
        return format_list(list(items), locale=self.locale)

    def length_of_time(self, number: int, unit: str) -> str:
        """Say a length of time in a unit such as "minute": "2 minutes"."""
        return format_unit(number, f"duration-{unit}", locale=self.locale)

    def date_and_time(self, moment: datetime) -> str:
        """Write a moment by the clock of its own time zone, in short."""
        return format_datetime(moment, "short", tzinfo=moment.tzinfo, locale=self.locale)

    def _form(self, key: str, text: str) -> Form:
        """Prepare a text: commands in it are set as code where Discord renders it."""
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
        if not all(name.isidentifier() for name in names):
            raise ValueError(f"{self.language}: {key} has a placeholder that is no name: {text!r}")
        shown = text if key.startswith(UNRENDERED) else self.commands.sub(r"`\g<0>`", text)
        return shown, bool(names), text.startswith("{who}")


def load(folder: Path = LOCALES) -> dict[str, Catalogue]:
    """Read all the catalogues of a folder, by their languages' tags; what one lacks is said in English."""
    source = Catalogue(folder / f"{SOURCE}.po")
    others = [Catalogue(file, source.commands) for file in sorted(folder.glob("*.po")) if file.stem != SOURCE]
    return {each.language: each for each in (source, *others)}


def language_of(tag: str) -> str | None:
    """Return the language that a tag of Discord's means, such as "en" for "en-GB"; None if there is none."""
    return next((each for each in (tag, tag.split("-", maxsplit=1)[0]) if each in CATALOGUES), None)


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _pattern(keys: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the commands in a text, by the ids of their descriptions."""
    names = [key.removeprefix("command.").replace(".", " ") for key in keys if key.startswith("command.")]
    return re.compile(rf"(?<![\w/])/(?:{'|'.join(sorted(names, key=len, reverse=True))})\b")


CATALOGUES = load()
"""The languages that the bot speaks."""
