"""The metadata of a story in our own format: `story.toml`, or the front matter of a single file."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from story.explain import explain
from story.formats import BrokenStoryError, Mistake
from story.model import Pov

# The lengths below keep an opening card, a closing card and a heading within one message of 4,000 characters
# whatever is in them, and a POV's id within a button's custom_id of 100.
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\n\r]*$")]
PovId = Annotated[str, StringConstraints(max_length=24, pattern=r"^[\w-]+$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class PovMetadata(_Strict):
    """What a story's author says of a POV."""

    name: Annotated[Line, Field(max_length=40)] = Field(description="a name of at most 40 characters")
    colour: Colour = Field(description='a colour such as "#3366cc"')
    blurb: str = Field("", max_length=200, description="a line of at most 200 characters")


class Metadata(_Strict):
    """What a story's author says of the whole."""

    title: Line = Field(description="a line of 1 to 100 characters")
    authors: list[Line] = Field(min_length=1, max_length=10, description="a list of 1 to 10 names")
    credits: str = Field("", max_length=800, description="a text of at most 800 characters")
    language: str = Field("en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$", description='a tag such as "en-GB"')
    rating: str = Field("", max_length=40, description="a line of at most 40 characters")
    content_notes: list[Line] = Field([], max_length=10, description="a list of at most 10 short lines")
    blurb: str = Field("", max_length=200, description="a line of at most 200 characters")
    povs: dict[PovId, PovMetadata] = Field(
        min_length=1, max_length=100, description="tables [povs.id] with name and colour"
    )

    def to_povs(self) -> tuple[Pov, ...]:
        """Return the POVs in the order they are written in."""
        return tuple(Pov(pov_id, pov.name, int(pov.colour[1:], 16), pov.blurb) for pov_id, pov in self.povs.items())


def read_metadata(text: str, file: Path, first_line: int = 1) -> Metadata:
    """Read TOML as a story's metadata; `first_line` is where in the file the text begins.

    Raises:
        BrokenStoryError: with every mistake, each at its line.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)|at end of document", str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        what = f"not valid TOML: {re.sub(r' [(]at .*', '', str(error))}"
        raise BrokenStoryError([Mistake(file, first_line + line - 1, what)]) from None
    try:
        metadata = Metadata.model_validate(table)
    except ValidationError as error:
        raise BrokenStoryError(
            sorted(
                {Mistake(file, first_line + line_of(text, e["loc"]) - 1, explain(Metadata, e)) for e in error.errors()}
            )
        ) from None
    names = [pov.name.casefold() for pov in metadata.povs.values()]
    mistakes = [
        Mistake(file, first_line + line_of(text, ("povs", pov_id, "name")) - 1, f"a second POV named {pov.name}")
        for i, (pov_id, pov) in enumerate(metadata.povs.items())
        if pov.name.casefold() in names[:i]
    ]
    if mistakes:
        raise BrokenStoryError(mistakes)
    return metadata


def line_of(text: str, loc: tuple[Any, ...]) -> int:
    """Return the line, from 1, where a key stands, or that of the table around it, or the first."""
    names = [part for part in loc if isinstance(part, str) and part != "[key]"]
    table, found = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = header[1].strip()
            if names and ".".join(names).startswith(table):
                found = number
        elif (key := re.match(r"\s*([\w-]+)\s*=", line)) and [*filter(None, table.split(".")), key[1]] == names:
            return number
    return found
