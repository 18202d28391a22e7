from pathlib import Path

import pytest

from story.importing import BrokenStoryError
from story.importing.writing import decode

ENGLISH = "“Late…” — she said, at the café; it’s dark.\n"
FILE = Path("well.txt")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", ENGLISH),
        ("utf-8-sig", ENGLISH),
        ("utf-16", ENGLISH),
        ("utf-16-le", ENGLISH),
        ("utf-16-be", ENGLISH),
        ("utf-32", ENGLISH),
        ("cp1252", ENGLISH),
        ("cp1251", "Было темно, сказала она и закрыла дверь.\n"),
        ("cp1250", "Dobrý večer, řekla a zavřela dveře. Žluťoučký kůň úpěl.\n"),
        ("shift_jis", "彼女はドアを閉めた。暗かった。\n"),
        ("gb18030", "她关上了门。天很黑。\n"),
    ],
)
def test_text_is_read_however_it_was_written_down(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), FILE) == text


@pytest.mark.parametrize("ends", ["\r", "\n"])
def test_an_old_macs_text_is_known_by_its_line_ends_or_its_quotation_marks(ends: str) -> None:
    text = "“Late,” she said, at the café.\nIt’s dark.\n"
    assert decode(text.replace("\n", ends).encode("mac_roman"), FILE) == text


def test_big_endian_marks_are_known() -> None:
    assert decode(b"\xfe\xff\x00A", FILE) == "A"
    assert decode(b"\x00\x00\xfe\xff\x00\x00\x00A", FILE) == "A"


def test_line_ends_of_all_systems_become_line_feeds() -> None:
    assert decode(b"a\r\nb\rc\nd", FILE) == "a\nb\nc\nd"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x00\x00",
        b"\xff\xfeA",
        b"\xff\xfe\x00\x00A",
        bytes(range(128, 256)) * 3,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenStoryError, match=r"well\.txt:1: not text: expected UTF-8, UTF-16 or Windows-1252"):
        decode(data + b"\x00\x00\x00" if data.startswith(b"PK") else data, FILE)
