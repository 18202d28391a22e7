"""Shrinks the XML of a Word text: Word splits a sentence into runs that look the same, and each costs memory."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _RUN, _TEXT, _LOOK, _SET = (f"{_W}{name}" for name in ("p", "r", "t", "rPr", "pPr"))
_PROOF = f"{_W}proofErr"
_LOOKS = frozenset(f"{_W}{name}" for name in ("rStyle", "b", "i", "u", "strike", "dstrike", "vertAlign", "caps"))
_SETS = frozenset(f"{_W}{name}" for name in ("pStyle", "numPr"))


class TooManyRunsError(Exception):
    """A text is mostly marks."""


def lean(xml: bytes, most: int) -> bytes:
    """Return the XML of a text without what does not concern its words, and with equal runs joined.

    Raises:
        TooManyRunsError: more than `most` elements are left.
        lxml.etree.XMLSyntaxError: it is no XML.
    """
    left = 0
    found = etree.iterparse(BytesIO(xml), tag=_PARAGRAPH, resolve_entities=False, no_network=True)
    for _, paragraph in found:
        for each in list(_said_in_vain(paragraph)):
            each.getparent().remove(each)
        for _, alike in groupby(paragraph, _look):
            _join(list(alike))
        left += sum(1 for _ in paragraph.iter())
        if left > most:
            raise TooManyRunsError
    root: Any = found.root  # which lxml's stubs take for none, as it is until all is read
    return bytes(etree.tostring(root, encoding="utf-8"))


def _said_in_vain(paragraph: Any) -> Iterator[Any]:
    for child in paragraph:
        if child.tag == _PROOF:
            yield child
        elif child.tag == _SET:
            yield from (each for each in child if each.tag not in _SETS)
        elif child.tag == _RUN:
            yield from (each for look in child.iterchildren(_LOOK) for each in look if each.tag not in _LOOKS)


def _look(child: Any) -> tuple[object, ...]:
    """Return what equal-looking runs of pure text share; anything else gets a look of its own."""
    if child.tag != _RUN or not all(each.tag in {_LOOK, _TEXT} for each in child):
        return (object(),)
    return tuple((each.tag, tuple(sorted(each.items()))) for look in child.iterchildren(_LOOK) for each in look)


def _join(runs: list[Any]) -> None:
    """Put the text of runs into the first one."""
    first, *others = runs
    if not others:
        return
    texts = ["".join(text.text or "" for text in run.iterchildren(_TEXT)) for run in runs]
    for text in list(first.iterchildren(_TEXT)):
        first.remove(text)
    etree.SubElement(first, _TEXT).text = "".join(texts)
    for run in others:
        run.getparent().remove(run)
