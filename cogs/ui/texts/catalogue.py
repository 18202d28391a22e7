"""The message catalogues in `locales/`, one for each language, each read once when it is first needed.

A language is one `.po` file, named by its tag. Its plural rules, numbers and lists are CLDR's, by way of Babel.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache, partial
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
"""The language that the others are translated from, and that fills in what they lack."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's names of the plural forms, in the order that the forms of a message have."""
UNRENDERED = ("command.", "option.")
"""Messages that Discord shows without Markdown."""
NUMBERS_KEPT = 4096
WHOLE_NUMBERS = (*range(200), 1000, 10**6)
"""One of each plural form, in any language."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with placeholders, ready for `%`, which is the fastest.

    One that begins with a member's name begins with a capital letter, also if it is "somebody".
    """

    text: str
    ready: str
    begins_with_member: bool


Said = str | Template


class Catalogue:
    """One language: its messages by their ids, and how it writes numbers, lists and lengths of time."""

    def __init__(self, file: Path, source: "Catalogue | None" = None) -> None:
        with file.open("rb") as opened:
            read = read_po(opened, locale=file.stem.replace("-", "_"), abort_invalid=True)
        self.file, self.language = file, file.stem
        self.locale: Locale = Locale.parse(self.language, sep="-")
        found = {_id(each): each for each in read if each.id and not each.fuzzy and all(_forms(each))}
        self._source = source
        self.commands: re.Pattern[str] = source.commands if source else _pattern(found)
        made = {key: tuple(self._prepare(key, text) for text in _forms(each)) for key, each in found.items()}
        self._messages: dict[str, Said | tuple[Said, ...]] = {
            key: each[0] if len(each) == 1 else each for key, each in made.items()
        }
        self.number: Callable[[int], str] = lru_cache(NUMBERS_KEPT)(partial(format_decimal, locale=self.locale))

    def __contains__(self, key: str) -> bool:
        return key in self._messages

    def __iter__(self) -> Iterator[str]:
        return iter(self._messages)

    @cached_property
    def _plural(self) -> Callable[[int], int]:
        """Which form of a message a number takes. CLDR's rules take 5 MiB, so they are read when needed."""
        rule = self.locale.plural_form
        whole = {rule(n) for n in WHOLE_NUMBERS}  # some forms are only for fractions, which nothing here counts
        order = [tag for tag in PLURALS if tag in whole]
        return lru_cache(NUMBERS_KEPT)(lambda n: order.index(rule(n)))

    def say(self, key: str, values: dict[str, Any]) -> str:
        """Return a message with its placeholders filled in; numbers are written as the language has them.

        A message with plural forms goes by the number `n`. One that this language lacks is in English.

        Raises:
            KeyError: there is no such message, or a placeholder has no value.
        """
        said = self._messages.get(key)
        if said is None:
            if self._source is None:
                raise KeyError(key)
            return self._source.say(key, values)
        if isinstance(said, tuple):
            said = said[self._plural(values["n"])]
        if isinstance(said, str):
            return said
        for name, value in values.items():
            if type(value) is int:
                values[name] = self.number(value)
        filled = said.ready % values
        return filled[0].upper() + filled[1:] if said.begins_with_member else filled

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a message, one for each plural form, with their placeholders."""
        said = self._messages[key]
        forms = said if isinstance(said, tuple) else (said,)
        return tuple(each if isinstance(each, str) else each.text for each in forms)

    def fixed(self) -> dict[str, str]:
        """Return the messages that nothing is filled in, by their ids."""
        return {key: said for key, said in self._messages.items() if isinstance(said, str)}

    def listed(self, items: Iterable[str]) -> str:
        """Join items into a list: "A, B, and C"."""
        return format_list(list(items), locale=self.locale)

    def length_of_time(self, number: int, unit: str) -> str:
        """Say a length of time in a unit such as "minute": "2 minutes"."""
        return format_unit(number, f"duration-{unit}", locale=self.locale)

    def date_and_time(self, moment: datetime) -> str:
        """Write a moment in short, by the clock of its own time zone."""
        return format_datetime(moment, "short", tzinfo=moment.tzinfo, locale=self.locale)

    def _prepare(self, key: str, text: str) -> Said:
        """Prepare a text: set its commands as code, where Discord renders that."""
        shown = text if key.startswith(UNRENDERED) else self.commands.sub(r"`\g<0>`", text)
        parts = [(words.replace("%", "%%"), name) for words, name, _, _ in Formatter().parse(shown)]
        if not all(name is None or name.isidentifier() for _, name in parts):
            raise ValueError(f"{self.language}: {key} has a placeholder that is no name: {text!r}")
        if not any(name for _, name in parts):
            return shown
        ready = "".join(words + (f"%({name})s" if name else "") for words, name in parts)
        return Template(shown, ready, text.startswith("{who}"))


class Catalogues(MutableMapping[str, Catalogue]):
    """All the catalogues of a folder, by their languages' tags; English fills in what one lacks.

    A language takes 2 MiB, and most bots speak one or two, so each is read when it is first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._files = {file.stem: file for file in sorted(folder.glob("*.po"), key=_source_first)}
        self._read: dict[str, Catalogue] = {}

    def __getitem__(self, tag: str) -> Catalogue:
        """Return a language.

        Raises:
            KeyError: there is no such language.
            ValueError: its catalogue is broken.
        """
        if tag not in self._read:
            self._read[tag] = self.passing(tag)
        return self._read[tag]

    def passing(self, tag: str) -> Catalogue:
        """Read a language that is not kept; raises as above."""
        return Catalogue(self._files[tag], None if tag == SOURCE else self[SOURCE])

    def __setitem__(self, tag: str, catalogue: Catalogue) -> None:
        self._files[tag], self._read[tag] = catalogue.file, catalogue

    def __delitem__(self, tag: str) -> None:
        del self._files[tag], self._read[tag]

    def __contains__(self, tag: object) -> bool:
        return tag in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def digest(self) -> str:
        """Return a hash of all messages in all languages."""
        return hashlib.sha256(b"".join(file.read_bytes() for file in self._files.values())).hexdigest()


def name_of(tag: str) -> str:
    """Return a language's own name, with a capital letter as in a list: "Deutsch"."""
    locale: Locale = Locale.parse(tag, sep="-")
    name = locale.get_display_name(locale) or tag
    return name[0].upper() + name[1:]


def language_of(tag: str) -> str | None:
    """Return the language of one of Discord's tags, such as "en" for "en-GB"; None if there is none."""
    return next((each for each in (tag, tag.split("-", maxsplit=1)[0]) if each in CATALOGUES), None)


def _source_first(file: Path) -> tuple[bool, str]:
    return file.stem != SOURCE, file.stem


def _id(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _pattern(keys: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for the commands in a text, made from the ids of their descriptions."""
    names = [key.removeprefix("command.").replace(".", " ") for key in keys if key.startswith("command.")]
    return re.compile(rf"(?<![\w/])/(?:{'|'.join(sorted(names, key=len, reverse=True))})\b")


CATALOGUES = Catalogues(LOCALES)
"""The languages that the bot speaks."""
