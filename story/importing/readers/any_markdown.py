"""Markdown as anybody writes it: a novel in a file, with front matter in YAML or TOML, or without."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from markdown_it.token import Token

from story.importing.analysis import analyse, words
from story.importing.analysis.front import names_in
from story.importing.block import Block, Kind, Manuscript, Role
from story.importing.draft import Draft
from story.importing.limits import LIMITS, Limits
from story.importing.markdown import read_single_file
from story.importing.nesting import parser
from story.importing.prose import BOLD, ITALIC, STRIKE, Run, safe_address
from story.importing.readers.dialects import plainer
from story.importing.readers.markup import Markup
from story.importing.readers.plain_text import joiner_of
from story.importing.writing import decode
from story.model import Story

LARGEST_FRONT = 64 * 1024
"""How many characters of front matter are read."""
DEEPEST = 5
"""How many levels lists and quotations may open, a list two; what is deeper would take long to read."""

_MARKDOWN = parser(DEEPEST).enable("strikethrough")
_FRONT = re.compile(r"\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<said>.*?)\n(?P=mark)[ \t]*(?:\n|$)", re.DOTALL)
_TITLE_BLOCK = re.compile(r"%[ \t]*(?P<title>[^\n]*)(?:\n%[ \t]*(?P<author>[^\n]*))?(?:\n%[^\n]*)?(?:\n|$)")
_OWN = re.compile(r"^\s*\[?povs\b", re.MULTILINE)
_MARKS = {"em": frozenset((ITALIC,)), "strong": frozenset((BOLD,)), "s": frozenset((STRIKE,))}
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z]+)[^>]*>", re.IGNORECASE)
_TAGGED = {"i": "em", "em": "em", "b": "strong", "strong": "strong", "s": "s", "del": "s"}
_END = re.compile(r"[.!?…,;:\"”’']$")
_LONGEST_UNDERLINED = 80


def read_any_markdown(data: bytes, name: str, limits: Limits = LIMITS) -> Draft | Story:
    """Read a Markdown file: as a story if it is in our own format, else as a draft.

    Raises:
        BrokenStoryError: with every mistake in it.
    """
    file = Path(name)
    text = decode(data, file)
    if is_own(text):
        return read_single_file(data, name, limits)
    return analyse(manuscript(data, file, limits), limits)


def is_own(text: str) -> bool:
    """Whether a text is in our own format: front matter in TOML that declares POVs."""
    front = _FRONT.match(text[:LARGEST_FRONT])
    if front is None:
        return text.startswith("+++")
    return front["mark"] == "+++" and (_OWN.search(front["said"]) is not None or not front["said"].strip())


def manuscript(data: bytes, file: Path, limits: Limits) -> Manuscript:
    """Return the blocks of a Markdown file, with what its front matter says.

    Raises:
        BrokenStoryError: it is no text, or too long.
    """
    text = decode(data, file)
    limits.check_text(text, file)
    front = _FRONT.match(text[:LARGEST_FRONT]) or _TITLE_BLOCK.match(text[:LARGEST_FRONT])
    said = _said(front) if front else {}
    body = text[front.end() :] if front and said else text
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    blocks = [*_blocks_said(said), *_blocks(plainer(body), first_line, file)]
    title = _line(said.get("title"))
    draft = Draft(
        title=title or file.stem.replace("_", " ").replace("-", " "),
        authors=tuple(name for each in _lines(said.get("author") or said.get("authors")) for name in names_in(each)),
        parts=(),
        blurb=_line(said.get("summary") or said.get("description") or said.get("blurb")),
        rating=_line(said.get("rating")),
        content_notes=tuple(_lines(said.get("content_notes") or said.get("warnings"))),
        language=_line(said.get("language") or said.get("lang")),
        file=file,
    )
    return Manuscript(blocks, draft, titled=bool(title))


def _said(front: re.Match[str]) -> Mapping[str, Any]:
    """Return what stands in front of a text: a table, or Pandoc's lines with title and authors.

    A title such as `Chapter 3: Mara` is that of the chapter: the story has another.
    """
    found = front.groupdict()
    if "said" not in found:
        return {"title": found["title"], "author": (found["author"] or "").split(";")}
    said = dict(_table(front["said"], front["mark"]))
    title = _line(said.get("title"))
    if title and "chapter" not in said and words.chapter_title(title) is not None:
        whole = next((said[key] for key in ("series", "book", "story", "novel") if said.get(key)), "")
        said |= {"chapter": title, "title": whole}
    return said


def _table(said: str, mark: str) -> Mapping[str, Any]:
    """Return what front matter says, or nothing if it can't be read: then it is no front matter."""
    try:
        found = tomllib.loads(said) if mark == "+++" else yaml.safe_load(said)
    except (ValueError, yaml.YAMLError, RecursionError):
        return {}
    return {str(key).casefold(): value for key, value in found.items()} if isinstance(found, dict) else {}


def _line(value: object) -> str:
    return " ".join(str(value).split())[:500] if isinstance(value, str | int | float) else ""


def _lines(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [line for each in values[:20] if (line := _line(each))]


def _blocks_said(said: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the chapter and the POV that front matter names."""
    if chapter := _line(said.get("chapter")):
        title = f"Chapter {chapter}" if chapter.isdecimal() else chapter
        yield Block(Kind.HEADING, "", 1, (Run(title),), level=2)
    if pov := _line(said.get("pov") or said.get("narrator")):
        yield Block(Kind.TEXT, "", 1, (Run(pov),), role=Role.NARRATOR)


def _blocks(text: str, first_line: int, file: Path) -> Iterator[Block]:  # noqa: C901, PLR0912 - one for each token
    """Yield the blocks of a text, as the parser splits it."""
    soft = " " if joiner_of(text.split("\n")) == " " else "\n"
    bullets: list[int] = []
    quoted = level = 0
    bullet = ""
    for token in _MARKDOWN.parse(text):
        line = first_line + (token.map or [0])[0]
        match token.type:
            case "hr":
                yield Block(Kind.RULE, "", line)
            case "heading_open":
                level = int(token.tag[1])
                underlined = token.markup in {"-", "="}
            case "heading_close":
                level = 0
            case "blockquote_open" | "blockquote_close":
                quoted += token.nesting
            case "bullet_list_open" | "ordered_list_open":
                bullets.append(int(token.attrGet("start") or 1) if token.tag == "ol" else 0)
            case "bullet_list_close" | "ordered_list_close":
                bullets.pop()
            case "list_item_open":
                bullet = "  " * (len(bullets) - 1) + (f"{bullets[-1]}. " if bullets[-1] else "- ")
                bullets[-1] += 1 if bullets[-1] else 0
            case "inline":
                runs = tuple(_runs(token, soft))
                block = Block(Kind.TEXT, "", line, runs, bullet=bullet, quoted=quoted > 0)
                if level and underlined and not _is_heading(token.content):
                    yield from (block, Block(Kind.RULE, "", line + 1))
                elif level:
                    yield block._replace(kind=Kind.HEADING, level=level, bullet="")
                else:
                    lone = len(token.children or ()) == 1 and token.children and token.children[0].type == "image"
                    yield block._replace(kind=Kind.ITEM if bullet else Kind.TEXT, picture=bool(lone))
                bullet = ""
            case "fence" | "code_block":
                yield Block(Kind.TEXT, "", line, (Run(token.content.rstrip("\n")),))
            case "html_block":
                yield from (
                    each._replace(line=line)
                    for each in Markup(lambda around, _: around).blocks(token.content.encode(), file)
                )
            case _:
                pass


def _is_heading(content: str) -> bool:
    """Whether a paragraph above a line of dashes is a heading rather than prose before a break."""
    return len(content) <= _LONGEST_UNDERLINED and "\n" not in content and not _END.search(content)


def _runs(token: Token, soft: str) -> Iterator[Run]:
    marks, addresses = list[str](), list[str]()
    for child in token.children or (Token("text", "", 0, content=token.content),):
        kind, _, part = child.type.rpartition("_")
        if kind in _MARKS and part == "open":
            marks.append(kind)
        elif kind in _MARKS and kind in marks:
            marks.remove(kind)
        elif kind == "link":
            addresses = [safe_address(str(child.attrGet("href") or ""))] if part == "open" else []
        elif child.type == "html_inline":
            yield from _tagged(child.content, marks)
        else:
            said = {"softbreak": soft, "hardbreak": "\n", "image": f"[{child.content}]"}.get(child.type, child.content)
            on = frozenset[str]().union(*(_MARKS[mark] for mark in marks))
            yield Run(said, on, next(iter(addresses), ""))


def _tagged(tag: str, marks: list[str]) -> Iterator[Run]:
    """Apply a tag within the text: a line break, or emphasis."""
    found = _TAG.fullmatch(tag)
    name = found["name"].casefold() if found else ""
    if name == "br":
        yield Run("\n")
    elif found and name in _TAGGED:
        mark = _TAGGED[name]
        if found["end"] and mark in marks:
            marks.remove(mark)
        elif not found["end"]:
            marks.append(mark)
