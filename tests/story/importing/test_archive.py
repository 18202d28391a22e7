import zipfile
from pathlib import Path

import pytest

from story.importing import BrokenStoryError
from story.importing.limits import Limits
from story.importing.readers.archive import MOST_FILES, Archive
from tests.story.importing.works import zipped

BOOK = Path("book.epub")
SMALL = Limits(bytes=1000)


def mistake(data: bytes, name: str = "a", limits: Limits = SMALL) -> str:
    with pytest.raises(BrokenStoryError) as broken:
        Archive(data, BOOK, limits).read(name)
    return str(broken.value)


def test_files_are_read_by_name() -> None:
    archive = Archive(zipped({"a/b": "c"}), BOOK, SMALL)
    assert ("a/b" in archive, "a" in archive, archive.read("a/b")) == (True, False, b"c")


@pytest.mark.parametrize(
    "data", [b"", b"PK", zipped({"a": "b"})[:-30], b"word " * 50], ids=["nothing", "two letters", "cut off", "prose"]
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert mistake(data) == "book.epub:1: not an EPUB: expected a zip archive"


def test_a_file_that_is_not_there_is_named() -> None:
    assert mistake(zipped({"a": ""}), "b/c") == "book.epub/b/c:1: is not in the archive"


def test_a_damaged_file_is_named() -> None:
    data = zipped({"a": "word"}, zipfile.ZIP_STORED).replace(b"word", b"Word")
    assert mistake(data) == "book.epub/a:1: is damaged"


def test_a_file_with_a_password_is_refused() -> None:
    data = bytearray(zipped({"a": "word"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert mistake(bytes(data)) == "book.epub/a:1: is locked with a password: expected a book without one"


def test_a_file_packed_in_another_way_is_refused() -> None:
    assert mistake(zipped({"a": "word"}, zipfile.ZIP_LZMA)) == "book.epub/a:1: is packed in a way that no EPUB may use"


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "..\\a", "\\a", "C:a", "http://example.org/a"])
def test_a_path_that_leads_out_is_refused(name: str) -> None:
    assert mistake(zipped({"a": "", name: ""})) == f"book.epub:1: the path {name!r} leads out of the archive"


def test_more_files_than_a_book_has_are_refused() -> None:
    data = zipped({f"a{number}": "" for number in range(MOST_FILES + 1)})
    assert mistake(data) == "book.epub:1: 2,001 files in it; at most 2,000 are read"


def test_what_unpacks_to_far_more_than_it_is_is_refused() -> None:
    data = zipped({"a": "0" * 100_000})
    assert len(data) < 300
    assert mistake(data) == "book.epub/a:1: makes more than a file of this size may unpack to"


def test_files_together_may_not_be_too_large_either() -> None:
    archive = Archive(zipped({"a": "0" * 900, "b": "0" * 3101}), BOOK, SMALL)
    archive.read("a")
    with pytest.raises(BrokenStoryError, match="file of this size"):
        archive.read("b")


def test_what_is_stored_as_it_is_may_be_four_times_a_files_limit() -> None:
    data = zipped({"a": "0" * 4000, "b": "0"}, zipfile.ZIP_STORED)
    archive = Archive(data, BOOK, SMALL)
    assert len(archive.read("a")) == 4000
    with pytest.raises(BrokenStoryError, match="file of this size"):
        archive.read("b")
