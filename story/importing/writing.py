"""Turns the bytes of a file into text, in whatever encoding it has."""

import codecs
import re
from pathlib import Path

from story.importing import BrokenStoryError, Mistake

_MARKS = (  # UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAC_QUOTES = re.compile(rb"[A-Za-z]\xd5[a-z]{1,2}\b|(?<![^\s(])\xd2(?=[A-Z])|(?<=[.,!?])\xd3(?!\S)")
_WINDOWS_QUOTES = re.compile(rb"[\x91-\x94]")
# Western text also reads well in most related encodings, so what reads well as Windows-1252 counts as that.
_GUESSES = (
    ["cp1252"],
    ["cp1250", "cp1251", "cp1253", "cp1254", "koi8_r", "shift_jis", "gb18030", "big5", "euc_kr", "mac_roman"],
)


def decode(data: bytes, file: Path) -> str:
    """Return a file's text with plain line feeds, from UTF-8, UTF-16, or the older encoding it looks most like.

    Raises:
        BrokenStoryError: it is no text.
    """
    text = _decode(data)
    if text is None or "\0" in text:
        raise BrokenStoryError([Mistake(file, 1, "not text: expected UTF-8, UTF-16 or Windows-1252")])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in(encoding, data[len(mark) :])
    if b"\0" in data:  # every other byte is one, in UTF-16 with mostly Latin letters
        return _in("utf-16-be" if data[::2].count(0) > data[1::2].count(0) else "utf-16-le", data)
    text = _in("utf-8", data)
    if text is None and _is_old_macs(data):
        return _in("mac_roman", data)
    return text if text is not None else _guess(data)


def _is_old_macs(data: bytes) -> bool:
    """Whether a text has a Mac's line ends, or its quotation marks and none of Windows'."""
    if b"\r" in data and b"\n" not in data:
        return True
    return len(_MAC_QUOTES.findall(data)) > len(_WINDOWS_QUOTES.findall(data))


def _in(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only an old file needs it, and it takes memory

    for encodings in _GUESSES:
        if found := from_bytes(data, cp_isolation=encodings, enable_fallback=False).best():
            return str(found)
    return None
