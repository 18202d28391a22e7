"""What the prose of a manuscript says about the words in its headings: which are names, and which are not."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import names

from story.errors import UnknownZone
from story.importing.analysis.genitive import nominatives
from story.importing.analysis.items import Item
from story.times.zones import known_zone

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_TITLED = re.compile(
    r"(?:(?:dr|mr|mrs|ms|mx|miss|sir|lady|lord|madame?|monsieur|mme|mlle|frau|herr|se[nñ]ora?|sra?|signora?|senhora?|dona?|doña"
    r"|prof(?:essor)?|captain|capt|major|colonel|sergeant|sgt|lieutenant|lt|inspector|detective|officer|agent"
    r"|father|mother|sister|brother|aunt|uncle|king|queen|prince|princess|saint|st)\.? [^\W\d_]"
    r"|(?-i:O['’]|Ma?c)(?-i:[A-Z])"
    r"|(?:grand(?:ma|pa|mother|father)|mother|father|mum|mom|dad)$)",
    re.IGNORECASE,
)
_ARTICLES = {"the", "der", "die", "das", "den", "dem", "le", "la", "el", "il", "o"}
_PLACED = {"in", "at", "near", "nach", "aus", "à", "en", "em", "a", "outside", "across"}
_NAMES_IN_S = {"andreas", "elias", "hans", "johannes", "jonas", "julius", "klaus", "lukas", "markus", "matthias"}
_NAMES_IN_S |= {"niklas", "thomas", "tobias"}


class Evidence:
    """How the prose uses the words of headings: in lower case, capitalised within a sentence, as places."""

    def __init__(self, items: Iterable[Item], wanted: Iterable[str]) -> None:
        self._small: Counter[str] = Counter()
        self._large: Counter[str] = Counter()
        self._placed: Counter[str] = Counter()
        self._all: Counter[str] = Counter()
        keys = {word.casefold() for name in wanted for word in _WORD.findall(name)}
        keys |= {key[:-1] for key in keys if key.endswith("s")}
        keys |= {other for key in keys for other in nominatives(key)}
        if keys:
            for item in items:
                if item.is_prose and item.block.runs:
                    self._look_through(item.plain, keys)

    def _look_through(self, text: str, keys: set[str]) -> None:
        before, earlier, end = "", "", 0
        for found in _WORD.finditer(text):
            word = found[0].removesuffix("'s").removesuffix("’s")
            key = word.casefold()
            if key in keys:
                self._all[key] += 1
                within = before and text[end : found.start()] == " "
                self._small[key] += word[0].islower()
                self._large[key] += bool(within) and not word[0].islower()
                self._placed[key] += bool(within) and (
                    before in _PLACED or (before in _ARTICLES and earlier in _PLACED)
                )
            before, earlier, end = found[0], before, found.end()

    def for_name(self, name: str) -> bool:
        """Whether more than its position speaks for a name: a title, that it is common, or that the prose uses it."""
        if _TITLED.match(name):
            return True
        words = [word.casefold() for word in _WORD.findall(name)]
        return any(word.partition("-")[0] in first_names() or self._large[word] > self._small[word] for word in words)

    @staticmethod
    def is_common(name: str) -> bool:
        """Whether a name begins with a common first name that is no city's."""
        return name.split(maxsplit=1)[0].casefold() in first_names() and not is_city(name)

    def against_name(self, name: str) -> bool:
        """Whether the prose has the words in lower case more often than as a name."""
        words = [word.casefold() for word in _WORD.findall(name)]
        return any(self._small[word] > self._large[word] for word in words)

    def is_place(self, name: str) -> bool:
        """Whether a name is a city's, or the prose uses it as a place."""
        key = name.casefold()
        last = key.split()[-1] if key else ""
        if is_city(name):
            return self._large[key] <= self._placed[key]
        return 2 * self._placed[last] > self._all[last]

    def nominative(self, name: str) -> str:
        """Return a name without the ending it has in `Annas Sicht`, unless the prose knows it only with that."""
        key = name.casefold()
        if not key.endswith("s"):
            return max(nominatives(name), key=lambda each: self._all[each.casefold()])
        without, with_it = self._all[key[:-1]], self._all[key]
        if key in _NAMES_IN_S or key in first_names():
            return name if with_it >= without else name[:-1]
        return name if with_it and not without and key[:-1] not in first_names() else name[:-1]


@cache
def first_names() -> frozenset[str]:
    """Return the first names of the United States census of 1990, in lower case."""
    files = (names.full_path("dist.male.first"), names.full_path("dist.female.first"))
    return frozenset(
        line.split()[0].casefold() for file in files for line in Path(file).read_text("ascii").splitlines()
    )


@cache
def is_city(name: str) -> bool:
    """Whether a name is that of a city or a country that has a time zone."""
    try:
        known_zone(name)
    except UnknownZone:
        return False
    return True
