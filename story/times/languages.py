"""Puts times in other languages into English, for a grammar that reads English.

It reads all languages at once. Where a word has two meanings, its neighbours decide: "am" after a number is English,
before a day it is German.
"""

import re
import unicodedata
from collections.abc import Iterable

from story.times.words import (
    DAYS,
    FRENCH,
    GERMAN,
    GERMAN_DAYS,
    GERMAN_PARTS,
    MONTHS,
    MONTHS_OF_THE_YEAR,
    NUMBERS,
    POLISH,
    PORTUGUESE,
    SHORT_DAYS,
    SHORTEST,
    SPANISH,
    WEEKDAYS,
    by_word,
)

NO_ACCENTS = str.maketrans({"ł": "l", "’": "'"})
"""Letters that Unicode does not count as accented, and the other apostrophe."""


def _names() -> dict[str, str]:
    """Return the weekdays and months, and their short forms, with their English names."""
    whole = {
        name: english
        for language, names in (
            *((each, DAYS) for each in WEEKDAYS),
            *((each, MONTHS) for each in MONTHS_OF_THE_YEAR),
        )
        for name, english in zip(language, names, strict=True)
    }
    cut: dict[str, set[str]] = {}
    for name, english in whole.items():
        for length in range(SHORTEST, len(name)):
            cut.setdefault(name[:length], set()).add(english)
    return {short: meant.pop() for short, meant in cut.items() if len(meant) == 1} | whole


def _german_days() -> dict[str, str]:
    """Return German weekdays with a part of the day, "freitagabend", "freitag morgen", and "freitags"."""
    return {f"{german}s": day for german, day in zip(GERMAN_DAYS, DAYS, strict=True)} | {
        f"{german}{between}{part}": f"{day} {meant}"
        for german, day in zip(GERMAN_DAYS, DAYS, strict=True)
        for part, meant in by_word(GERMAN_PARTS).items()
        for between in ("", " ")
    }


COUNTS = by_word(NUMBERS)
MEANINGS = _names() | _german_days() | COUNTS | by_word(SHORT_DAYS, GERMAN, FRENCH, SPANISH, PORTUGUESE, POLISH)
WORDS = re.compile(
    rf"(?<![\w.:'])(?:{'|'.join(sorted(map(re.escape, MEANINGS), key=len, reverse=True))})(?![\w':])(?:\.(?=\s|$))?"
)
DAY = "|".join(DAYS)
MONTH = "|".join(MONTHS)
HOURS = "h(?:ours?)?"

BEFORE = (
    (r"(?<=[^\W\d_])-(?=[^\W\d_])", " "),  # "meio-dia"
    (r"(?<=\d)[ºª°]", "."),
    (r"(?<=\d)uhr\b", " uhr"),
    (r"(?<!\d)(?<!\d )\bam (?=\w)", "on "),
    (r"\bem um ", "in a "),
    (r"\bum ", "at "),
    (r"\bten (?=pon|pn|wt|czw|pi|pt)", "this "),  # in Polish, before a day
    (r"(?<=\ba )sept\b|\bsept(?= (?:h|jour|sem|min))", "7"),
    (r"(?<=\bas )dez\b|\bdez(?= (?:h|dia|sem|min))", "10"),
    (rf"(?<!daqui )\b(?:a|as|o|na) (?=\d|(?:{'|'.join(COUNTS)})\b)", "at "),
)
"""What depends on its neighbours; applied before the words are looked up."""
AFTER = (
    (rf"^(in \d+) ?{HOURS} ?([0-5]\d)$", r"\1 hours \2 minutes"),
    (r"^(in \S+ hours?) and a half$", r"\1 and 30 minutes"),
    (rf"(\d) ?(?:{HOURS})? and a half\b", r"\1:30"),
    (rf"(?<!in )\b(\d{{1,2}}) ?{HOURS} ([0-5]\d)\b(?![./]| (?:of )?(?:{MONTH}))", r"\1:\2"),
    (r"(?<!^)(?<!in )\b(\d{1,2}) hours?\b", r"\1 h"),
    (r"^(\d{1,2}) hours?(?= (?:in the|at night))", r"\1 h"),
    (r"\bnoon at (?=1[1-3]\b)", "at "),
    (rf"\b({DAY}) following\b", r"next \1"),
    (rf"\bnext week ({DAY})\b", r"\1 next week"),
    (r"\bof next week\b", "next week"),
    (r"\b(?:the )?day (?=\d)", "the "),
    (rf"\bin (?=\d{{1,2}}\.? of (?:{MONTH})\b)", "on "),
)
"""What English says in another order, or in other words; applied after they were."""
SPOKEN = re.compile(
    r"\b(?:(?P<minutes>viertel|[1-9]|[12]\d) (?P<side>vor|nach) (?P<half>half to )?"
    r"|(?P<part>half to|dreiviertel|viertel) )(?P<hour>1[0-2]|[1-9])\b(?: h\b)?"
)
"""A time told by the nearest full hour, in German and Polish: "halb acht" is 7:30, "viertel nach acht" 8:15.

It says too little to be a time unless a part of the day is named.
"""
PARTS_OF_AN_HOUR = {"viertel": 45, "half to": 30, "dreiviertel": 15}
"""Minutes left until the hour that is named."""
PART = re.compile(r"\b(?:morning|afternoon|evening|night|tonight)\b")


def in_english(text: str) -> str:
    """Return a time in English, in lower case and with single spaces; unknown words stay as they are."""
    letters = unicodedata.normalize("NFD", text.casefold().translate(NO_ACCENTS).replace(",", " "))
    words = " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())
    words = _replaced(words, BEFORE)
    words = " ".join(WORDS.sub(lambda found: MEANINGS[found[0].removesuffix(".")], words).split())
    words = _replaced(words, AFTER)
    return SPOKEN.sub(_spoken, words) if PART.search(words) else words


def _replaced(words: str, rules: Iterable[tuple[str, str]]) -> str:
    for pattern, meant in rules:
        words = re.sub(pattern, meant, words)
    return words


def _spoken(found: re.Match[str]) -> str:
    minutes = int(found["hour"]) * 60 - PARTS_OF_AN_HOUR.get("half to" if found["half"] else found["part"], 0)
    if found["minutes"]:
        apart = 15 if found["minutes"] == "viertel" else int(found["minutes"])
        minutes += apart if found["side"] == "nach" else -apart
    hour, minute = divmod(minutes, 60)
    return f"{hour or 12}:{minute:02}"
