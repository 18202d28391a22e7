"""A .zip or a folder with a file for each chapter, in the order of the numbers in their names."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Block, Kind, Manuscript, Role
from story.importing.limits import Limits
from story.importing.prose import Run
from story.importing.readers.archive import Archive

Reader = Callable[[bytes, Path, Limits], Manuscript]

MOST_FILES = 2000
"""The most files of a folder that are read."""

_NOT_READ = re.compile(r"^(?:__MACOSX|\.|~\$)|^(?:readme|license|notes|outline|todo|changelog)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+)")
_FIRST = re.compile(
    r"(?:prolog(?:ue)?|pr[oó]logo|preface|pr[eé]face|foreword|vorwort|introduction|avant-propos|title|cover|front)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?:epilog(?:ue)?|[eé]pilogue|ep[ií]logo|afterword|nachwort|postface|acknowledge?ments?|danksagung|about|bonus"
    r"|appendix|glossary|(?:the )?end)\b",
    re.IGNORECASE,
)
_CHAPTER_NAME = re.compile(
    r"(?P<word>chapter|chap|ch|kapitel|kap|cap[ií]tulo|cap|chapitre|part|teil|episode|ep|scene)[\s._-]*0*(?P<number>\d+)"
    r"[\s._:-]*(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBERED_NAME = re.compile(r"^[\d\s._-]+")


def natural(name: str) -> list[tuple[int, list[tuple[int, str]]]]:
    """Return a sort key for paths: chapter 2 comes before chapter 10, a prologue first, and an epilogue last."""
    return [(_place(step), _numbers(step)) for step in PurePosixPath(name).parts]


def _place(step: str) -> int:
    """Return where a name without a number goes: -1 before all others, 1 after them."""
    return -bool(_FIRST.match(step)) + bool(_LAST.match(step))


def _numbers(step: str) -> list[tuple[int, str]]:
    return [(int(each), "") if each.isdecimal() else (-1, each.casefold()) for each in _NUMBER.split(step)]


def in_folder(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their paths in it.

    Raises:
        OSError: it can't be read.
    """
    files = sorted(file for file in folder.rglob("*") if file.is_file())[:MOST_FILES]
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def in_archive(data: bytes, file: Path, limits: Limits) -> dict[str, bytes]:
    """Return the files of a .zip by their paths in it.

    Raises:
        BrokenStoryError: it is none, is locked or damaged, or its content is too large.
    """
    archive = Archive(data, file, limits, "not a zip archive")
    return {name: archive.read(name) for name in archive if not name.endswith((".png", ".jpg", ".jpeg", ".gif"))}


def readable(files: Mapping[str, bytes], readers: Mapping[str, object]) -> list[str]:
    """Return the paths of the files that have a reader, in natural order."""
    found = [
        name
        for name in files
        if PurePosixPath(name).suffix.lower() in readers
        and not any(_NOT_READ.search(step) for step in PurePosixPath(name).parts)
    ]
    return sorted(found, key=natural)


def manuscript(files: Mapping[str, bytes], file: Path, limits: Limits, readers: Mapping[str, Reader]) -> Manuscript:
    """Return the blocks of all readable files, each a chapter; others are left out with a warning.

    Raises:
        BrokenStoryError: none is readable.
    """
    warnings: list[Mistake] = []
    chapters: list[Manuscript] = []
    blocks: list[Block] = []
    for name in readable(files, readers):
        path = PurePosixPath(name)
        try:
            chapter = readers[path.suffix.lower()](files[name], file / name, limits)
        except BrokenStoryError as error:
            warnings += error.mistakes
            continue
        chapters.append(chapter)
        warnings += chapter.warnings
        blocks += _chapter(chapter, path.stem)
    if not chapters:
        raise BrokenStoryError(warnings or [Mistake(file, 1, "no chapters in it: expected files of text")])
    first = chapters[0].said
    said = replace(first, title=file.stem.replace("_", " "), file=file, parts=())
    return Manuscript(blocks, said, titled=True, warnings=warnings)


def _chapter(chapter: Manuscript, name: str) -> Iterator[Block]:
    """Yield the blocks of a file under a title: its own, or one from its name if it begins without one."""
    yield Block(Kind.PAGE, "", 1)
    blocks = list(chapter.blocks)
    first = next((block for block in blocks if block.runs), None)
    begins = first is not None and (first.kind is Kind.HEADING or first.role is Role.TITLE)
    if not begins:
        title = chapter.said.title if chapter.titled else _title_in(name)
        yield Block(Kind.HEADING, "", 1, (Run(_capital(title)),), level=2)
    for block in blocks:
        if block.role is Role.TITLE:
            yield block._replace(role=Role.BODY, kind=Kind.HEADING, level=2)
        elif block is first and block.kind is Kind.HEADING:
            yield block._replace(level=2)
        else:
            yield block


def _title_in(name: str) -> str:
    """Return the title in a file's name: `02_the-gate` is `The gate`, and `ch02_gate` is `Ch 2: Gate`."""
    if chapter := _CHAPTER_NAME.fullmatch(name):
        numbered = f"{chapter['word']} {chapter['number']}"
        return f"{numbered}: {_capital(_spaced(chapter['rest']))}" if chapter["rest"] else numbered
    return _spaced(_NUMBERED_NAME.sub("", name)) or name


def _spaced(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").strip()


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
