"""The ways in which a draft can be read, and what each would mean."""

from dataclasses import dataclass, replace
from enum import StrEnum

from story.importing import draft as drafts
from story.importing.draft import Draft, in_moments, povs


class Mode(StrEnum):
    """How a draft is to be read."""

    FOLLOW = drafts.FOLLOW
    """Members vote whose part comes next; parts can be skipped, and read again."""
    SAME_MOMENT = drafts.SAME_MOMENT
    """The parts of one chapter are one moment, told by several POVs: members vote who tells it."""
    IN_ORDER = "in order"
    """The parts come as the file has them; nothing is voted on."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mode would mean for a draft: how many scenes there are, and how many of them have a vote."""

    mode: Mode
    scenes: int
    votes: int


def modes(draft: Draft) -> tuple[Meaning, ...]:
    """Return the modes that can be chosen for a draft, the default first; none where there is no choice.

    There is none for stories that branch, and for those with one narrator, which have nothing to vote on.
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
    """Return the mode that a draft is read in: the one that was chosen, if it can be, else the default."""
    possible = [meaning.mode for meaning in modes(draft)]
    chosen = Mode(draft.mode) if draft.mode else None
    return chosen if chosen in possible else next(iter(possible), None)


def with_mode(draft: Draft, mode: Mode) -> Draft:
    """Return the draft with a mode chosen."""
    return replace(draft, mode=mode.value)
