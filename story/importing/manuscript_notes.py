"""What in a plain manuscript is the author speaking to readers: notes anywhere, thanks at the start and the end."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from story.importing.manuscript_lines import Kind

LONGEST_NOTE = 1200
"""Characters of a note of several paragraphs. What is longer is taken for a note up to its first blank line."""
MOST_PARAGRAPHS = 6
"""Paragraphs of such a note."""

_MARK = r"(?:a\s*/\s*n\b|a\.n\.|an:|author['’]?s?['’]?\s+notes?\b|(?:end\s+)?notes?:|disclaimer\b)"
_NOTE = re.compile(rf"[(\[{{*_~\s]*{_MARK}", re.IGNORECASE)
_NOTE_ALONE = re.compile(rf"[\W_]*{_MARK}[\W_]*", re.IGNORECASE)
_THANKS = re.compile(
    r"[(\[{*_~\s]*(?:(?:many |big |huge |special )*thanks\b|thank you\b|acknowledge?ments?\b|dedicat(?:ed|ion)\b"
    r"|beta(?:ed|['’]d)? |please (?:review|comment|leave)\b|(?:reviews|comments|kudos) (?:are|is|and|make|feed)\b"
    r"|i (?:do not|don['’]t) own\b|i own nothing\b)",
    re.IGNORECASE,
)
_TO_READERS = re.compile(
    r"\b(?:reads?|readers?|reading|reviews?|reviewers?|reviewing|betas?|comments?|kudos|chapters?|support|own|owns|story)\b",
    re.IGNORECASE,
)


class Paragraph(NamedTuple):
    """A paragraph or a heading, with the line that it begins on, from 1."""

    kind: Kind
    text: str
    line: int
    is_note: bool = False


def with_notes(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, those that are notes marked as such.

    A note that says so goes on to the next break or heading, if that is near. Thanks are notes as the first words of
    all and as the last ones; those need to come after a break, or to speak to readers.
    """
    held: list[Paragraph] = []  # a note that may go on, or thanks that may turn out not to be the last words
    told = fresh = False  # whether there was prose before; whether a break or a heading was right before
    for paragraph in paragraphs:
        if held and _goes_on(held, paragraph):
            held.append(paragraph)
            continue
        for each in _closed(held, by=paragraph):
            yield each
            told = told or (each.kind is Kind.PROSE and not each.is_note)
        held = []
        if _NOTE.match(paragraph.text) or (told and _is_thanks(paragraph, fresh=fresh)):
            held = [paragraph]
        elif not told and _THANKS.match(paragraph.text):
            yield _noted(paragraph)
        else:
            yield paragraph
            told = told or paragraph.kind is Kind.PROSE
        fresh = paragraph.kind is not Kind.PROSE
    yield from map(_noted, held) if told else _closed(held, by=None)


def _is_thanks(paragraph: Paragraph, *, fresh: bool) -> bool:
    return bool(_THANKS.match(paragraph.text)) and (fresh or bool(_TO_READERS.search(paragraph.text)))


def _goes_on(held: list[Paragraph], following: Paragraph) -> bool:
    """Whether what is held may go on with this paragraph: a note up to the next break, thanks over breaks, too."""
    if len(held) == MOST_PARAGRAPHS or sum(len(each.text) for each in [*held, following]) > LONGEST_NOTE:
        return False
    if not _NOTE.match(held[0].text):
        return following.kind in {Kind.PROSE, Kind.BREAK} and not _NOTE.match(following.text)
    in_brackets = held[0].text[0] in "([{" and held[0].text[-1] in ")]}"
    return following.kind is Kind.PROSE and not in_brackets


def _closed(held: list[Paragraph], by: Paragraph | None) -> Iterator[Paragraph]:
    """Yield what was held up to this paragraph: a note as far as it is one, thanks as prose after all."""
    if not held or not _NOTE.match(held[0].text):
        yield from held
    elif by and by.kind is not Kind.PROSE:
        yield from map(_noted, held)
    else:
        marked = 2 if _NOTE_ALONE.fullmatch(held[0].text) else 1
        yield from map(_noted, held[:marked])
        yield from held[marked:]


def _noted(paragraph: Paragraph) -> Paragraph:
    return paragraph._replace(is_note=paragraph.kind is Kind.PROSE)
