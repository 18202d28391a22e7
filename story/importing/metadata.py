"""The metadata of a story in our own format: `story.toml`, or the front matter of a single file."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from story.importing import BrokenStoryError, Mistake
from story.importing.limits import (
    LONGEST_BLURB,
    LONGEST_CREDITS,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_POV_ID,
    MOST_NAMES,
    MOST_POVS,
)
from story.importing.validation import InvalidError, Read, checked
from story.model import Pov


def _at_most(longest: int, what: str) -> Meta:
    return Meta(max_length=longest, description=f"a {what} of at most {longest} characters")


_Line = Annotated[str, Meta(min_length=1, pattern=r"^[^\n\r\0]*\Z")]
_Short = Annotated[_Line, Meta(max_length=LONGEST_LINE)]
_Text = Annotated[str, Meta(pattern=r"^[^\r\0]*\Z")]
LINES = {"title", "name", "authors", "content_notes"}
"""The keys of such lines, or of lists of them."""
Title = Annotated[_Short, Meta(description=f"a line of 1 to {LONGEST_LINE} characters")]
Name = Annotated[_Line, _at_most(LONGEST_NAME, "name")]
Blurb = Annotated[_Text, _at_most(LONGEST_BLURB, "line")]
Credits = Annotated[_Text, _at_most(LONGEST_CREDITS, "text")]
Notes = Annotated[list[_Short], Meta(max_length=MOST_NAMES, description=f"a list of at most {MOST_NAMES} short lines")]
PovId = Annotated[str, Meta(max_length=LONGEST_POV_ID, pattern=r"^[\w-]+\Z")]

# A key with so many parts that it takes long to read; no metadata has one.
_DEEP = re.compile(r"(?:[\w-]{1,99}[ \t]*\.[ \t]*){33}")


class _Strict(Struct, frozen=True, forbid_unknown_fields=True):
    pass


class PovMetadata(_Strict, frozen=True):
    """What an author says about a POV."""

    name: Name
    colour: Annotated[str, Meta(pattern=r"^#[0-9A-Fa-f]{6}\Z", description='a colour such as "#3366cc"')]
    blurb: Blurb = ""


class Metadata(_Strict, frozen=True, kw_only=True):
    """What an author says about the story."""

    title: Title
    authors: Annotated[
        list[_Short], Meta(min_length=1, max_length=MOST_NAMES, description=f"a list of 1 to {MOST_NAMES} names")
    ]
    credits: Credits = ""
    language: Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*\Z", description='a tag such as "en-GB"')] = (
        "en"
    )
    rating: Annotated[_Text, _at_most(LONGEST_NAME, "line")] = ""
    content_notes: Notes = []
    blurb: Blurb = ""
    vote: Annotated[Literal["follow", "order"], Meta(description='"follow" or "order"')] | None = None
    povs: Annotated[
        dict[PovId, PovMetadata],
        Meta(min_length=1, max_length=MOST_POVS, description="tables [povs.id] with name and colour"),
    ]

    def to_povs(self) -> tuple[Pov, ...]:
        """Return the POVs in the order written."""
        return tuple(Pov(pov_id, pov.name, int(pov.colour[1:], 16), pov.blurb) for pov_id, pov in self.povs.items())


class TranslatedPov(_Strict, frozen=True):
    """A POV's name and blurb in another language; what is missing is as in the story."""

    name: Name | None = None
    blurb: Blurb | None = None


class TranslatedMetadata(_Strict, frozen=True):
    """What a translation says about the whole; what is missing is as in the story."""

    title: Title | None = None
    credits: Credits | None = None
    content_notes: Notes | None = None
    blurb: Blurb | None = None
    povs: Annotated[dict[PovId, TranslatedPov], Meta(description="tables [povs.id] with name and blurb")] = {}


def read_metadata(text: str, file: Path, first_line: int = 1) -> Metadata:
    """Read TOML as a story's metadata; `first_line` is the file's line where the text begins.

    Raises:
        BrokenStoryError: with every mistake, each at its line.
    """
    metadata = read_toml(Metadata, text, file, first_line)
    names = {pov_id: pov.name for pov_id, pov in metadata.povs.items()}
    if mistakes := doubled_names(names, text, file, first_line):
        raise BrokenStoryError(mistakes)
    return metadata


def doubled_names(names: Mapping[str, str], text: str, file: Path, first_line: int = 1) -> list[Mistake]:
    """Return the mistakes in the names of POVs, given by their ids: no two may share a name or an id."""
    known: set[str] = set()
    mistakes: list[Mistake] = []
    for pov_id, name in names.items():
        for key, called in {name.casefold(): name, pov_id.casefold(): pov_id}.items():
            if key in known:
                line = first_line + line_of(text, ("povs", pov_id, "name")) - 1
                mistakes.append(Mistake(file, line, f"a second POV that goes by {called}"))
        known |= {name.casefold(), pov_id.casefold()}
    return mistakes


def read_toml(model: type[Read], text: str, file: Path, first_line: int = 1) -> Read:
    """Read TOML as a model; `first_line` is the file's line where the text begins.

    Raises:
        BrokenStoryError: with every mistake, each at its line.
    """
    if deep := _DEEP.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise BrokenStoryError([Mistake(file, first_line + line - 1, "tables too deep within each other")])
    try:
        table = _tidied(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)|at end of document", str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        what = f"not valid TOML: {re.sub(r' [(]at .*', '', str(error))}"
        raise BrokenStoryError([Mistake(file, first_line + line - 1, what)]) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or endlessly nested lists
        what = "not TOML that can be read: a number too large, or tables too deep within each other"
        raise BrokenStoryError([Mistake(file, first_line, what)]) from None
    try:
        return checked(model, table)
    except InvalidError as error:
        lines = {Mistake(file, first_line + line_of(text, way) - 1, what) for way, what in error.mistakes}
        raise BrokenStoryError(sorted(lines)) from None


def _tidied(table: dict[str, Any]) -> dict[str, Any]:
    """Return metadata with `color` spelled `colour`, unless both are there, and without the spaces around lines."""
    povs = table.get("povs")
    tables = [pov for pov in povs.values() if isinstance(pov, dict)] if isinstance(povs, dict) else []
    for pov in tables:
        if "color" in pov and "colour" not in pov:
            pov["colour"] = pov.pop("color")
    for each in [table, *tables]:
        each |= {key: _stripped(each[key]) for key in LINES & each.keys()}
    return table


def _stripped(value: Any) -> Any:
    if isinstance(value, list):
        return [_stripped(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def povs_named(text: str) -> tuple[Pov, ...]:
    """Return the POVs that metadata names, whatever else is wrong with it: enough to check the scenes."""
    try:
        povs = {} if _DEEP.search(text) else tomllib.loads(text).get("povs")
    except (ValueError, RecursionError):
        return ()
    if not isinstance(povs, dict):
        return ()
    names = {str(key): pov.get("name") for key, pov in povs.items() if isinstance(pov, dict)}
    return tuple(Pov(key, name, 0) for key, name in names.items() if isinstance(name, str))


def line_of(text: str, loc: tuple[Any, ...]) -> int:
    """Return the line of a key, counted from 1, or that of the table around it, or the first."""
    names = [part for part in loc if isinstance(part, str)]
    table, found = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = header[1].strip()
            if names and ".".join(names).startswith(table):
                found = number
        elif (key := re.match(r"\s*([\w-]+)\s*=", line)) and [
            *filter(None, table.split(".")),
            key[1].replace("color", "colour"),
        ] == names:
            return number
    return found
