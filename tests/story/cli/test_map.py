from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from story.services.library import BOX
from tests.story.cli.conftest import Run


def test_without_a_file_the_words_are_printed(run: Run, well: Path) -> None:
    ran = run("map", well)
    assert ran.code == 0
    assert ran.out.splitlines()[2:] == [
        "1. Down. Told by Fox and Owl.",
        "2. Deep. Told by Fox and Owl.",
        "3. Up. Told by Owl. The story ends here.",
    ]


def test_a_name_that_ends_in_txt_gets_the_words(run: Run, well: Path, tmp_path: Path) -> None:
    ran = run("map", well, "-o", tmp_path / "well.txt")
    assert (ran.code, ran.out) == (0, f"{tmp_path / 'well.txt'}: the map of The Well\n")
    assert (tmp_path / "well.txt").read_text(encoding="utf-8") == run("map", well).out


def test_a_name_that_ends_in_svg_gets_an_svg(run: Run, tmp_path: Path) -> None:
    assert run("map", BOX / "room-241", "-o", tmp_path / "map.SVG").code == 0
    assert ET.parse(tmp_path / "map.SVG").getroot().tag.endswith("svg")  # noqa: S314 - our own


def test_a_name_that_ends_in_png_gets_a_png(run: Run, well: Path, tmp_path: Path) -> None:
    assert run("map", well, "-o", tmp_path / "map.png").code == 0
    assert Image.open(BytesIO((tmp_path / "map.png").read_bytes())).format == "PNG"


@pytest.mark.parametrize("name", ["map.jpg", "map"])
def test_any_other_name_is_refused(run: Run, well: Path, tmp_path: Path, name: str) -> None:
    ran = run("map", well, "-o", tmp_path / name)
    assert (ran.code, ran.err) == (2, f"{tmp_path / name}: expected a name that ends in .svg, .png, .txt\n")


def test_a_file_that_cannot_be_written_is_one_line(run: Run, well: Path, tmp_path: Path) -> None:
    ran = run("map", well, "-o", tmp_path / "nowhere" / "map.txt")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"{tmp_path / 'nowhere' / 'map.txt'}: cannot be written: No such file or directory\n"
