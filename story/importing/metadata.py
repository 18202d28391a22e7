"""The metadata of a story in our own format: `story.toml`, or the front matter of a single file."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

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
from story.importing.validation import explain
from story.model import Pov

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE, pattern=r"^[^\n\r\0]*\Z")
]
Text = Annotated[str, StringConstraints(pattern=r"^[^\r\0]*\Z")]
PovId = Annotated[str, StringConstraints(max_length=LONGEST_POV_ID, pattern=r"^[\w-]+\Z")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}\Z")]

# A key of so many parts that it takes long to read; no metadata has any.
_DEEP = re.compile(r"(?:[\w-]{1,99}[ \t]*\.[ \t]*){33}")

_BLURB = f"a line of at most {LONGEST_BLURB} characters"


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, regex_engine="python-re")


class PovMetadata(_Strict):
    """What an author says about a POV."""

    name: Annotated[Line, Field(max_length=LONGEST_NAME)] = Field(
        description=f"a name of at most {LONGEST_NAME} characters"
    )
    colour: Colour = Field(description='a colour such as "#3366cc"')
    blurb: Text = Field("", max_length=LONGEST_BLURB, description=_BLURB)


class Metadata(_Strict):
    """What an author says about the story."""

    title: Line = Field(description=f"a line of 1 to {LONGEST_LINE} characters")
    authors: list[Line] = Field(min_length=1, max_length=MOST_NAMES, description=f"a list of 1 to {MOST_NAMES} names")
    credits: Text = Field("", max_length=LONGEST_CREDITS, description=f"a text of at most {LONGEST_CREDITS} characters")
    language: str = Field("en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*\Z", description='a tag such as "en-GB"')
    rating: Text = Field("", max_length=LONGEST_NAME, description=f"a line of at most {LONGEST_NAME} characters")
    content_notes: list[Line] = Field(
        [], max_length=MOST_NAMES, description=f"a list of at most {MOST_NAMES} short lines"
    )
    blurb: Text = Field("", max_length=LONGEST_BLURB, description=_BLURB)
    vote: Literal["follow", "order"] | None = Field(None, description='"follow" or "order"')
    povs: dict[PovId, PovMetadata] = Field(
        min_length=1, max_length=MOST_POVS, description="tables [povs.id] with name and colour"
    )

    def to_povs(self) -> tuple[Pov, ...]:
        """Return the POVs in the order written."""
        return tuple(Pov(pov_id, pov.name, int(pov.colour[1:], 16), pov.blurb) for pov_id, pov in self.povs.items())


Read = TypeVar("Read", bound=BaseModel)


class TranslatedPov(_Strict):
    """A POV's name and blurb in another language; what is missing is as in the story."""

    name: Annotated[Line, Field(max_length=LONGEST_NAME)] | None = Field(
        None, description=f"a name of at most {LONGEST_NAME} characters"
    )
    blurb: Text | None = Field(None, max_length=LONGEST_BLURB, description=_BLURB)


class TranslatedMetadata(_Strict):
    """What a translation says about the whole; what is missing is as in the story."""

    title: Line | None = Field(None, description=f"a line of 1 to {LONGEST_LINE} characters")
    credits: Text | None = Field(
        None, max_length=LONGEST_CREDITS, description=f"a text of at most {LONGEST_CREDITS} characters"
    )
    content_notes: list[Line] | None = Field(
        None, max_length=MOST_NAMES, description=f"a list of at most {MOST_NAMES} short lines"
    )
    blurb: Text | None = Field(None, max_length=LONGEST_BLURB, description=_BLURB)
    povs: dict[PovId, TranslatedPov] = Field({}, description="tables [povs.id] with name and blurb")


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
        table = _with_colours(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)|at end of document", str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        what = f"not valid TOML: {re.sub(r' [(]at .*', '', str(error))}"
        raise BrokenStoryError([Mistake(file, first_line + line - 1, what)]) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists within lists without end
        what = "not TOML that can be read: a number too large, or tables too deep within each other"
        raise BrokenStoryError([Mistake(file, first_line, what)]) from None
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise BrokenStoryError(
            sorted({Mistake(file, first_line + line_of(text, e["loc"]) - 1, explain(model, e)) for e in error.errors()})
        ) from None


def _with_colours(table: dict[str, Any]) -> dict[str, Any]:
    """Return metadata with `color` spelled `colour`, unless both are there."""
    povs = table.get("povs")
    for pov in povs.values() if isinstance(povs, dict) else ():
        if isinstance(pov, dict) and "color" in pov and "colour" not in pov:
            pov["colour"] = pov.pop("color")
    return table


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
    names = [part for part in loc if isinstance(part, str) and part != "[key]"]
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
