"""How short lines look without the ornaments around them, and which are nothing but ornaments."""

import re
from functools import lru_cache
from typing import NamedTuple

from story.importing.analysis import words
from story.importing.analysis.numbers import LINES_KEPT

LONGEST_HEADING = 80
"""The most characters of a line that may be a heading."""
_SIGNS = r"[^\w()\[\]{}\"“”„'‘’«»‹›「」『』【】《》¿¡!?.,;…。！？、，；&@%$€£:]|_"
_AROUND = re.compile(rf"^(?:{_SIGNS})+|(?:{_SIGNS})+$")
_LETTERS_AROUND = re.compile(r"(?P<o>[oO0xX]{2,}|[xX](?=\W))[\W_]+(?P<inner>\S.*\S)[\W_]+(?P=o)")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "【": "】", "《": "》", "『": "』", "「": "」"}
_NO_SIGNS = re.compile(r"[\w\"“”„'‘’«»‹›]|^[.…!?,;:\s]{1,4}$|^[!?]+$|^\W*:\W*[()DP]$")
_LETTERED = re.compile(r"(?:[oO0xX]|(?![\"“”„'‘’«»!?,])[\W_])+")
_DASHES = "-–—―"
INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u2060\ufeff\xad]")


class Look(NamedTuple):
    """How a short line looks: its text without ornaments and brackets, and what sets it apart."""

    bare: str
    inner: str
    ornate: bool = False
    bracketed: bool = False
    capitals: bool = False
    bold: bool = False
    italic: bool = False
    colon: bool = False

    @property
    def marked(self) -> bool:
        """Whether more than its position sets the line apart."""
        return self.ornate or self.bracketed or self.capitals or self.bold or self.italic or self.colon


@lru_cache(maxsize=LINES_KEPT)
def look_of(text: str) -> Look:
    """Return how a line without marks looks."""
    text = INVISIBLE.sub("", text).strip()
    bare = _AROUND.sub("", text).strip()
    ornate = bare != text and not (text[:1] in _DASHES and text.endswith(bare))
    if lettered := _LETTERS_AROUND.fullmatch(bare):
        bare, ornate = _AROUND.sub("", lettered["inner"]).strip(), True
    inner, bracketed = bare, False
    while len(inner) > 1 and _BRACKETS.get(inner[0]) == inner[-1] and inner[0] not in inner[1:]:
        inner, bracketed = _AROUND.sub("", inner[1:-1].strip()).strip(), True
    colon = inner.endswith((":", "："))
    return Look(
        bare,
        inner.rstrip(":：").strip(),
        ornate,
        bracketed,
        capitals=inner.isupper() and (len(inner) > 1),
        colon=colon,
    )


@lru_cache(maxsize=LINES_KEPT)
def is_break(text: str) -> bool:
    """Whether a line is nothing but signs, or letters used as such."""
    text = INVISIBLE.sub("", text).strip()
    if not text or not _NO_SIGNS.search(text.replace("_", "-")):
        return bool(text)
    if len(text) > LONGEST_HEADING or not _LETTERED.fullmatch(text):
        return False
    return words.is_lettered(re.sub(r"[\W_]", "", text))
