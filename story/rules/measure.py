"""How much there is to read in a text, and how long it takes: in words, or where a script has no spaces, characters."""

import re
import unicodedata
from datetime import timedelta

WORDS_A_MINUTE = 230
"""How fast people read prose silently: 238 words a minute, says Brysbaert's review of 190 studies (2019)."""
SIGNS_A_WORD = 1.5
"""How many Chinese, Japanese or Korean characters take as long to read as an English word. Trauzettel-Klosinski and
Dietz (2012) measured 255 characters a minute for Chinese, 357 for Japanese, and 228 words for English."""
LETTERS_A_WORD = 4.5
"""How many Thai, Lao, Khmer or Burmese letters make a word."""

_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LETTERS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_UNSPACED = re.compile(f"{_SIGNS.pattern[:-1]}{_LETTERS.pattern[1:]}")

_JOINERS = "\u200c\u200d"


def words(text: str) -> int:
    """Return how many words a text has; characters count as the words that take as long to read."""
    if text.isascii() or not _UNSPACED.search(text):
        return len(text.split())
    signs, letters = len(_SIGNS.findall(text)), len(_LETTERS.findall(text))
    spaced = _UNSPACED.sub(" ", text).split()
    return round(signs / SIGNS_A_WORD + letters / LETTERS_A_WORD) + sum(any(map(str.isalnum, each)) for each in spaced)


def reading_time(count: int) -> timedelta:
    """Return how long so many words take to read."""
    return timedelta(minutes=count / WORDS_A_MINUTE)


def share_of_unspaced(text: str) -> float:
    """Return how much of a text is in scripts without spaces, from 0 to 1."""
    return 0.0 if text.isascii() else len(_UNSPACED.findall(text)) / max(1, len(text))


def visible(text: str) -> str:
    """Return a line without what cannot be seen in it: signs that turn its direction, hide or take no room.

    The two joiners stay: emoji and some scripts need them.
    """
    if text.isprintable():
        return text
    return "".join(each for each in text if each in _JOINERS or each.isspace() or unicodedata.category(each)[0] != "C")
