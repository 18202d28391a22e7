"""The modes in which a draft can be read, and what each means."""

from dataclasses import dataclass, replace
from enum import StrEnum

from story.importing import draft as drafts
from story.importing.draft import Draft, in_moments, povs


class Mode(StrEnum):
    """How a draft is read."""

    FOLLOW = drafts.FOLLOW
    """Members vote on whose part comes next; parts can be skipped, and read again."""
    SAME_MOMENT = drafts.SAME_MOMENT
    """The parts of a chapter are one moment, told by several POVs: members vote on who tells it."""
    IN_ORDER = "in order"
    """The parts come in the file's order; there is nothing to vote on."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mode means for a draft: how many scenes it has, and how many of them have a vote."""

    mode: Mode
    scenes: int
    votes: int


def modes(draft: Draft) -> tuple[Meaning, ...]:
    """Return the modes on offer for a draft, the default first; none if there is no choice.

    There is no choice for stories that branch, or that have one narrator and so nothing to vote on.
    """
    told = len(draft.prose)
    if len(povs(draft)) < 2 or any(part.links is not None for part in draft.parts):  # noqa: PLR2004 - a choice needs two
        return ()
    found = [Meaning(Mode.FOLLOW, told, told - 1)]
    moments = in_moments(draft.prose)
    shared = sum(len(each) > 1 for each in moments)
    if shared:
        found.append(Meaning(Mode.SAME_MOMENT, len(moments), shared))
    return (*found, Meaning(Mode.IN_ORDER, told, 0))


def mode_of(draft: Draft) -> Mode | None:
    """Return a draft's mode: the chosen one, if it is on offer, else the default."""
    possible = [meaning.mode for meaning in modes(draft)]
    chosen = Mode(draft.mode) if draft.mode else None
    return chosen if chosen in possible else next(iter(possible), None)


def with_mode(draft: Draft, mode: Mode) -> Draft:
    """Return the draft with another mode."""
    return replace(draft, mode=mode.value)
