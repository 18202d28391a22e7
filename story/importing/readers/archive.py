"""The files in an untrusted zip archive: none is written to disk, and none is larger than allowed."""

import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from story.importing import BrokenStoryError, Mistake
from story.importing.limits import Limits

MOST_FILES = 2000
"""The most files in an archive."""
MOST_LARGER = 4
"""How many times the largest readable file an archive may unpack to; prose comes to about three."""
MOST_SQUEEZED = 20
"""How many times its own size an archive may unpack to, if that is more than the largest readable file."""

_PLACE = re.compile(r"[A-Za-z]:|\w+:/")  # a drive, or an address
_ENCRYPTED = 0x1
_READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


class TooMuchError(BrokenStoryError):
    """The content of an archive is too large to go on reading."""


class Archive:
    """A zip archive, open for reading; `file` is what its mistakes name.

    Raises:
        BrokenStoryError: it is no readable archive, has too many files, or one whose path leads out of it.
    """

    def __init__(self, data: bytes, file: Path, limits: Limits, not_one: str = "not an EPUB") -> None:
        self.file = file
        self._left = min(MOST_LARGER * limits.bytes, max(limits.bytes, MOST_SQUEEZED * len(data)))
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise BrokenStoryError([Mistake(file, 1, f"{not_one}: expected a zip archive")]) from None
        infos = self._zip.infolist()
        if len(infos) > MOST_FILES:
            raise BrokenStoryError([Mistake(file, 1, f"{len(infos):,} files in it; at most {MOST_FILES:,} are read")])
        self._infos = {info.filename: info for info in infos}
        climbing = [name for name in self._infos if leads_out(name)]
        if climbing:
            raise BrokenStoryError(
                [Mistake(file, 1, f"the path {name!r} leads out of the archive") for name in sorted(climbing)]
            )

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def __iter__(self) -> Iterator[str]:
        """Yield the paths of the files in it."""
        return (name for name in self._infos if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        """Return the content of a file in the archive.

        Raises:
            BrokenStoryError: there is no such file, it is locked or damaged, or the total would be too large.
        """
        info = self._infos.get(name)
        if info is None:
            raise self._broken(name, "is not in the archive")
        if info.flag_bits & _ENCRYPTED:
            raise self._broken(name, "is locked with a password: expected a book without one")
        if info.compress_type not in _READABLE:
            raise self._broken(name, "is packed in a way that no EPUB may use")
        try:
            with self._zip.open(info) as opened:
                data = opened.read(min(self._left + 1, sys.maxsize))
        except _BROKEN:
            raise self._broken(name, "is damaged") from None
        if len(data) > self._left:
            what = "makes more than a file of this size may unpack to"
            raise TooMuchError([Mistake(self.file / name, 1, what)])
        self._left -= len(data)
        return data

    def _broken(self, name: str, what: str) -> BrokenStoryError:
        return BrokenStoryError([Mistake(self.file / name, 1, what)])


def leads_out(name: str) -> bool:
    """Whether a path within an archive leads out of it."""
    steps = name.replace("\\", "/").split("/")
    return (len(steps) > 1 and not steps[0]) or ".." in steps or _PLACE.match(name) is not None
