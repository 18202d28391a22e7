"""The ways on from a scene in our own format: a block quote under the scene's title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from story.importing.blocks import Block, leading_quote
from story.importing.limits import LONGEST_LABEL, MOST_CHOICES
from story.model import Link

EXPECTED = "`> Next: [label](#scene-id), [label](#scene-id)` or `> Next: the end`"

_LINK = re.compile(r"\[((?:\\.|[^\\\[\]])*)\]\(#([^()\s]*)\)")


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways on of a scene, as in Scene; the line and column of each target; and mistakes, each with its line."""

    links: tuple[Link, ...] | None = None
    places: tuple[tuple[int, int], ...] = ()
    mistakes: tuple[tuple[int, str], ...] = ()


def read_ways(head: Block) -> Ways:
    """Read what is between a scene's title and its first POV."""
    quote = leading_quote(head.lines, "Next:")
    begin, end = quote or (0, 0)
    text_at = next((i for i, line in enumerate(head.lines) if line.strip() and not begin <= i < end), None)
    mistakes = []
    if text_at is not None:
        mistakes.append((head.first_line + text_at, "text between the scene's title and the first `## POV name`"))
    if not quote:
        return Ways(mistakes=tuple(mistakes))
    links, places, others = [], [], ""
    for number, line in enumerate(head.lines[begin:end], head.first_line + begin):
        for found in _LINK.finditer(line):
            links.append(Link(re.sub(r"\\([\\\[\]])", r"\1", found[1]).strip(), found[2]))
            places.append((number, found.start(2) + 1))
        others += _LINK.sub("", line).strip().removeprefix(">")
    rest = others.strip().removeprefix("Next:").strip(" \t,").casefold()
    mistakes += [(head.first_line + begin, what) for what in _wrong(links, rest)]
    return Ways(tuple(links), tuple(places), tuple(mistakes))


def _wrong(links: list[Link], rest: str) -> Iterator[str]:
    if rest != ("" if links else "the end"):
        yield f"expected {EXPECTED}"
    if len(links) > MOST_CHOICES:
        yield f"more than {MOST_CHOICES} ways on from this scene"
    if not all(0 < len(link.label) <= LONGEST_LABEL for link in links):
        yield f"a label has 1 to {LONGEST_LABEL} characters"


def written_ways(links: tuple[Link, ...]) -> str:
    """Return these ways on as the line that `read_ways` reads."""
    return "> Next: " + (", ".join(map(_written, links)) or "the end")


def _written(link: Link) -> str:
    label = re.sub(r"[\\\[\]]", r"\\\g<0>", link.label)
    return f"[{label}](#{link.scene})"
