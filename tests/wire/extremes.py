"""A story that is at every limit at once, in letters of four bytes, and a reader's file that is beyond them."""

import shutil
from itertools import cycle, islice
from pathlib import Path

from story.importing.limits import (
    LONGEST_BLURB,
    LONGEST_CREDITS,
    LONGEST_LABEL,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_SCENE_TITLE,
    MOST_CHOICES,
    MOST_NAMES,
)

EXTREMES = "e" * 40
LETTERS = "𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯"
"""Of four bytes each in UTF-8, and small ones, whatever is made of them."""
LONG_TITLE, LONG_NAME = 256, 80
"""Characters of titles and names in a file that somebody brings in."""
MOST_TOGETHER = 16
"""Scenes that all ways lead to, each told by every POV."""
LAST = f"{MOST_CHOICES + MOST_TOGETHER + 1:03}"
"""What the title of the last scene ends in."""
LANGUAGES = "fr", "ja"
"""Those that its sections are told in besides: none that anybody's Discord is in, so that everybody is asked."""


def long(length: int, number: int = 0) -> str:
    """Return so many letters, unlike those of another number; the number itself is at the end."""
    mark = f"{number:03}"
    return "".join(islice(cycle(LETTERS), length - len(mark))) + mark


def paragraphs(times: int) -> str:
    """Return so many paragraphs of ten words."""
    return "\n\n".join([" ".join([long(9)] * 10)] * times)


def write_extremes(stories: Path) -> None:
    """Write the story into a folder of stories: scenes that every POV tells, and after the first the most ways on."""
    folder = stories / EXTREMES
    _write(folder, "")
    for language in LANGUAGES:
        _write(folder / language, language)


def write_languages(folder: Path) -> None:
    """Write a story's scenes into it once more, as if in other languages; beside the story itself they are the same."""
    scenes = list(folder.glob("*.md"))
    for language in LANGUAGES:
        (folder / language).mkdir()
        for scene in scenes:
            shutil.copy(scene, folder / language)


def _write(folder: Path, language: str) -> None:
    folder.mkdir(parents=True)
    (folder / "story.toml").write_text(_settings(language), encoding="utf-8")
    numbers = range(MOST_CHOICES)
    ways = ", ".join(f"[{long(LONGEST_LABEL, number)}](#{_scene_id(number)})" for number in numbers)
    together = f"> Next: [{long(LONGEST_LABEL)}](#together-0)"
    scenes = {
        "01-first": "\n".join(_section(number, 60 if number == 0 else 2) for number in numbers),
        "02-second": f"> Next: {ways}\n\n{_section(0, 2)}",
        **{f"{number + 10}-{_scene_id(number)}": f"{together}\n\n{_section(number, 2)}" for number in numbers},
        **{
            f"{n + 50}-together-{n}": "\n".join(_section(number, 2) for number in numbers) for n in range(MOST_TOGETHER)
        },
    }
    for number, (name, text) in enumerate(scenes.items()):
        title = long(LONGEST_SCENE_TITLE, number)
        (folder / f"{name}.md").write_text(f"# {title}\n\n{text}", encoding="utf-8")


def _scene_id(number: int) -> str:
    return f"{'s' * 37}{number:03}"


def _section(number: int, times: int) -> str:
    return f"## {long(LONGEST_NAME, number)}\n\n> Recap: {long(400)}\n\n{paragraphs(times)}\n"


def _settings(language: str) -> str:
    named = [long(LONGEST_LINE, number) for number in range(MOST_NAMES)]
    povs = "".join(
        f'[povs.{"p" * 21}{number:03}]\nname = "{long(LONGEST_NAME, number)}"\nblurb = "{long(LONGEST_BLURB)}"\n'
        + ("" if language else 'colour = "#336699"\n')
        for number in range(MOST_CHOICES)
    )
    own = f'authors = {named}\ncredits = "{long(LONGEST_CREDITS)}"\nrating = "{long(LONGEST_NAME)}"\n'
    of_all = f'title = "{long(LONGEST_LINE)}"\ncontent_notes = {named}\nblurb = "{long(LONGEST_BLURB)}"\n'
    return of_all + ("" if language else own) + povs


def manuscript() -> str:
    """Return a file whose title and POVs are longer than those of stories can be."""
    told = "".join(f"## {long(LONG_NAME, number)}\n\n{paragraphs(4)}\n\n" for number in range(30))
    return f"---\ntitle: {long(LONG_TITLE)}\n---\n\n# {long(LONG_TITLE, 1)}\n\n{told}"


def slips() -> str:
    """Return a file with more doubtful names than are asked about, in parts that can be read in more than one way."""
    names = [f"{long(20, number)}{'xyz' * 3}" for number in range(11)]
    parts = [f"{name} POV\n\nThe tide of {turn} came in." for turn in (1, 2) for name in names]
    wrong = [f"{name[:-2]}{name[-1]}{name[-2]} POV\n\nThe last tide came in." for name in names]
    return "\n\n".join([*parts, *wrong])
