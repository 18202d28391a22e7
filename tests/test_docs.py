"""The docs are what the code is, and the site is whole and asks nobody else for anything."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import Config
from story.__main__ import COMMANDS
from story.importing.markdown import read_markdown
from tests.builders import write_story
from tools.pages import DOCS, pages

ROOT = Path(__file__).parent.parent
GENERATED = pages()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built with warnings for errors: of pages that nothing leads to, and links that lead nowhere."""
    folder = tmp_path_factory.mktemp("site")
    mkdocs = Path(sys.executable).with_name("mkdocs")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [str(mkdocs), "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - a tool of ours
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("page", GENERATED)
def test_a_generated_page_is_up_to_date(page: str) -> None:
    assert (ROOT / page).read_text(encoding="utf-8") == GENERATED[page], "make docs writes it"


def test_every_page_is_in_the_site(site: Path) -> None:
    written = {each.relative_to(DOCS).with_suffix(".html") for each in DOCS.rglob("*.md")}
    assert written <= {each.relative_to(site) for each in site.rglob("*.html")}


def test_the_site_asks_nobody_else_for_anything(site: Path) -> None:
    asked = re.compile(
        r"""(?:<(?:script|img|iframe)[^>]+src|<link[^>]+href|@import|url\()\s*=?\s*["']?(?:https?:)?//"""
    )
    files = [each for each in site.rglob("*") if each.suffix in {".html", ".css"}]
    assert [each for each in files if asked.search(each.read_text(encoding="utf-8"))] == []


def test_every_picture_is_there_and_says_what_it_shows() -> None:
    pages_of = {page: page.read_text(encoding="utf-8") for page in (ROOT / "README.md", *DOCS.rglob("*.md"))}
    pictures = [(page.parent, tag) for page, text in pages_of.items() for tag in re.findall(r"<img[^>]+>", text)]
    assert len(pictures) > 5
    for folder, tag in pictures:
        [source], [shown] = re.findall(r'src="([^"]+)"', tag), re.findall(r'alt="([^"]+)"', tag)
        assert (folder / source).is_file()
        assert len(shown) > 30


def test_a_page_shows_the_files_that_it_speaks_of(site: Path) -> None:
    assert "HEALTHCHECK" in (site / "hosting" / "container.html").read_text(encoding="utf-8")
    assert "DynamicUser" in (site / "hosting" / "systemd.html").read_text(encoding="utf-8")


def test_the_story_for_writers_can_be_read(tmp_path: Path) -> None:
    text = (DOCS / "writers.md").read_text(encoding="utf-8")
    metadata, german = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    [scene] = re.findall(r"```markdown\n(.*?)```", text, re.DOTALL)
    well = write_story(tmp_path / "well", {"story.toml": metadata, "01-down.md": scene})
    write_story(well / "de", {"story.toml": german})
    story = read_markdown(well)
    assert [section.pov.name for section in story.sections()] == ["Fox", "Owl"]
    assert [pov.name for pov in story.translations[0].povs] == ["Fuchs", "Owl"]


def test_every_setting_is_on_its_page() -> None:
    for setting in Config().settings():
        assert f"`{setting.variable}`" in GENERATED["docs/configuration.md"]


def test_every_number_that_is_told_is_on_its_page() -> None:
    text = (DOCS / "hosting" / "monitoring.md").read_text(encoding="utf-8")
    code = (ROOT / "cogs" / "core" / "metrics.py").read_text(encoding="utf-8")
    names = re.findall(r'"((?:discord|storyteller)_\w+|logging)"', code)
    assert len(names) > 10
    assert [name for name in names if f"`{name}" not in text] == []


def test_every_command_of_story_is_for_writers_or_hosts() -> None:
    for_them = ("writers.md", "hosting/backup.md", "scaling.md")
    text = "".join((DOCS / page).read_text(encoding="utf-8") for page in for_them)
    assert [name for name in COMMANDS if f"python -m story {name}" not in text] == []
