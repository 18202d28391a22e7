"""Splits blocks where a line or the beginning of a paragraph is something of its own."""

import re
from collections.abc import Iterator

from story.importing.analysis import words
from story.importing.analysis.looks import LONGEST_HEADING, is_break, look_of
from story.importing.analysis.view import view_in
from story.importing.block import Block, Role
from story.importing.draft import PARAGRAPH
from story.importing.prose import BOLD, Run

MOST_LINES = 3
"""The most lines of a heading with time and place under a name."""
MOST_WORDS = 6
"""The most words of a name or a title right above its text."""

_ENDS = ".!?…,;:\"“”„«»'’—–"
_BEGINS_WITH_VIEW = re.compile(
    r"(?P<view>[^\n:.!?…]{0,40}?\b(?:p\.?o\.?v\.?|p\.?d\.?v\.?|point of view|perspective|sicht)\b[^\n:.!?…]{0,40}?\s*:)"
    r"\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SOFT_HYPHEN = "\xad"


def parted(block: Block) -> Iterator[Block]:
    """Yield the pieces of a block that are something of their own, without soft hyphens."""
    for each in _apart(_without_soft_hyphens(block)):
        yield from _parted(each)


def stands_alone(line: str, *, first: bool) -> bool:
    """Whether a line within a paragraph is surely something of its own, or may be, if it is the first."""
    if not line[:1].isalnum() and is_break(line):
        return True
    if len(line) > LONGEST_HEADING or not line or is_break(line):
        return bool(line) and len(line) <= LONGEST_HEADING
    look = look_of(line)
    if not look.inner:
        return False
    if words.is_break_word(look.inner) or view_in(look.bare) or words.chapter_title(look.inner) is not None:
        return True
    if words.KEYED.match(look.inner) or ((byline := words.BYLINE.fullmatch(look.inner)) and _is_written(byline)):
        return True
    return (
        first
        and (look.capitals or look.ornate)
        and not re.search(r"[.,!?…\"“”]$", look.inner)
        and len(look.inner.split()) <= MOST_WORDS
    )


def _is_written(byline: re.Match[str]) -> bool:
    """Whether a byline names somebody with a capital, or is a pen name such as `by kit_hale`."""
    return byline["names"][0].isupper() or (byline["by"] == "by" and " " not in byline["names"])


def _without_soft_hyphens(block: Block) -> Block:
    """Return a block without soft hyphens, which Discord shows as signs."""
    if not any(_SOFT_HYPHEN in run.text for run in block.runs):
        return block
    return block._replace(runs=tuple(run._replace(text=run.text.replace(_SOFT_HYPHEN, "")) for run in block.runs))


def _apart(block: Block) -> Iterator[Block]:
    """Split off whose view a paragraph begins with: `Mara's POV: I heard the gate`."""
    found = _BEGINS_WITH_VIEW.fullmatch(block.runs[0].text) if block.runs and block.role is Role.BODY else None
    rest = (block.runs[0]._replace(text=found["rest"]), *block.runs[1:]) if found else ()
    if found is None or sum(len(run.text) for run in rest) < LONGEST_HEADING // 2 or not view_in(found["view"]):
        yield block
        return
    yield block._replace(runs=(Run(found["view"]),))
    yield block._replace(runs=tuple(run for run in rest if run.text), glue=PARAGRAPH)


def _parted(block: Block) -> Iterator[Block]:
    """Split a block where lines within it are something of their own."""
    if not block.runs or block.role is not Role.BODY or not any("\n" in run.text for run in block.runs):
        yield block
        return
    glue, gathered = block.glue, list[Run]()
    first = True
    lines = list(_lines(block.runs))
    if _is_dated_heading(["".join(run.text for run in runs).strip() for runs, _ in lines]):
        yield from (block._replace(runs=tuple(runs), glue=PARAGRAPH) for runs, _ in lines)
        return
    for runs, ends_paragraph in lines:
        text = "".join(run.text for run in runs).strip()
        bold = bool(text) and all(BOLD in run.marks for run in runs if run.text.strip())
        alone = stands_alone(text, first=first) or (first and bold and len(text) <= LONGEST_HEADING)
        if alone and gathered:
            yield block._replace(runs=tuple(gathered), glue=glue)
            glue, gathered = "\n", []
        gathered += [*([Run("\n")] if gathered else []), *runs]
        first = alone
        if (alone or ends_paragraph) and text:
            yield block._replace(runs=tuple(gathered), glue=glue)
            glue, gathered = (PARAGRAPH if ends_paragraph else "\n"), []
            first = True if ends_paragraph else first
    if any(run.text.strip() for run in gathered):
        yield block._replace(runs=tuple(gathered), glue=glue)


def _is_dated_heading(lines: list[str]) -> bool:
    """Whether lines are a heading with when and where under it, such as `Mara` above `The quay, Tuesday night`."""
    if not 1 < len(lines) <= MOST_LINES or any(len(line) > LONGEST_HEADING // 2 or line[-1] in _ENDS for line in lines):
        return False
    return not words.has_time(lines[0]) and any(words.has_time(line) and line[0].isupper() for line in lines[1:])


def _lines(runs: tuple[Run, ...]) -> Iterator[tuple[list[Run], bool]]:
    """Yield the lines of a block, and whether a blank line follows."""
    line: list[Run] = []
    pending: list[Run] | None = None
    for run in runs:
        first, *others = run.text.split("\n")
        line.append(run._replace(text=first))
        for other in others:
            if "".join(each.text for each in line).strip():
                if pending is not None:
                    yield pending, False
                pending = line
            elif pending is not None:
                yield pending, True
                pending = None
            line = [run._replace(text=other)]
    if pending is not None:
        yield pending, False
    if "".join(each.text for each in line).strip():
        yield line, False
