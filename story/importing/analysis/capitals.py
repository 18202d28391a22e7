"""Names and titles in capitals, in ordinary case."""

import re

_SMALL = {
    "and",
    "of",
    "the",
    "de",
    "da",
    "do",
    "von",
    "van",
    "der",
    "und",
    "et",
    "y",
    "la",
    "le",
    "du",
    "in",
    "on",
    "at",
    "to",
    "a",
    "an",
    "or",
    "for",
}
_TITLES = {"DR", "MR", "MRS", "MS", "ST", "JR", "SR"}
_CAPITALS = re.compile(r"[^\W_]+(?:['’`.][^\W_]+)*")


def capital(word: str) -> str:
    """Return a word with its first letter large."""
    return word[:1].upper() + word[1:]


def nicely(text: str) -> str:
    """Return a line in capitals in ordinary case: `O’BRIEN’S DIARY` as `O’Brien’s Diary`. Initials stay."""
    if not text.isupper() or (len(text) <= 2):  # noqa: PLR2004 - initials
        return text
    return _CAPITALS.sub(_capitalised, text)


def _capitalised(found: re.Match[str]) -> str:
    word = found[0]
    if word.casefold() in _SMALL and found.string[: found.start()].rstrip(" '’\"“")[-1:] not in {
        "",
        ":",
        "·",
        "–",
        "—",
    }:
        return word.lower()
    if word in _TITLES:
        return word.capitalize()
    stays = "." in word or re.fullmatch(r"[IVXLC]+|[^AEIOUYÀ-ÜА-ЯЁaeiouy']{2,3}", word)
    if stays and not re.search("['’]", word):
        return word
    pieces = re.split(r"(['’`])", word.lower())
    # O’Brien and D’Arcy, but Anna’s and don’t.
    late = len(pieces) > 1 and len(pieces[0]) == 1 and len(pieces[2]) > 2  # noqa: PLR2004 - more than an ending
    pieces[0] = capital(pieces[0])
    if late:
        pieces[2] = pieces[2].capitalize()
    return "".join(pieces)
