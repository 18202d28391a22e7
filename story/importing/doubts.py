"""The doubtful decisions about a manuscript, and the one step that settles each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from story.importing.draft import PARAGRAPH, Decision, Draft, Part, Took, mark_part, merge_povs, povs

MOST_DOUBTS = 10
"""How many doubts are listed, the most doubtful first."""
DOUBTFUL = 0.75
"""A decision that is less sure than this is a doubt."""
LONGEST_ABOUT = 200
"""The most characters of a paragraph that a doubt is about."""
_ALIKE = 0.79
_SHORTEST = 4


class Step(StrEnum):
    """What one press would change."""

    MERGE = "merge"
    """A POV's name may be another's, mistyped: merge the two."""
    NO_NARRATOR = "no narrator"
    """What counted as a narrator may be a title: let the POV before go on, under that title."""
    STORY = "story"
    """What counted as a note may be story."""
    NOTE = "note"
    """What counted as story, at its beginning or end, may be a note."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about a draft, and the step that settles it.

    `about` is a POV's name, or an excerpt of a part. `into` is the POV that MERGE would merge it into. `part` is the
    index in `Draft.parts` of the part that STORY is about, or whose first paragraph NOTE is about, with `last` its last
    one. A settled doubt is remembered by its `key`.
    """

    step: Step
    about: str
    sure: float
    why: str
    line: int
    into: str = ""
    part: int = -1
    last: bool = False

    @property
    def key(self) -> str:
        """What identifies the doubt, as long as the draft is of the same file."""
        return f"{self.step}:{self.line}:{self.about}"


def doubts(draft: Draft) -> tuple[Doubt, ...]:
    """Return the open doubts about a draft, the most doubtful first, at most MOST_DOUBTS."""
    found = [doubt for doubt in (*_slips(draft), *_guesses(draft), *_edges(draft)) if doubt.key not in draft.settled]
    return tuple(sorted(found, key=lambda doubt: (doubt.sure, doubt.line))[:MOST_DOUBTS])


def settle(draft: Draft, key: str, *, change: bool) -> Draft:
    """Return the draft with a doubt settled: with its step if `change`, else left as it was.

    A key of no doubt changes nothing.
    """
    doubt = next((each for each in doubts(draft) if each.key == key), None)
    if doubt is None:
        return draft
    settled = replace(draft, settled=draft.settled | {key})
    return _done(settled, doubt) if change else settled


def leave(draft: Draft) -> Draft:
    """Return the draft with all listed doubts settled, each left as it was."""
    return replace(draft, settled=draft.settled | {doubt.key for doubt in doubts(draft)})


def _done(draft: Draft, doubt: Doubt) -> Draft:
    match doubt.step:
        case Step.MERGE:
            return merge_povs(draft, doubt.about, doubt.into)
        case Step.NO_NARRATOR:
            return without_narrator(draft, doubt.about)
        case Step.NOTE:
            return _with_note(draft, doubt)
        case _:  # STORY: whoever told the part before also tells this one
            parts = list(draft.parts)
            told_by = next((part.pov for part in reversed(parts[: doubt.part]) if not part.is_note), "")
            parts[doubt.part] = replace(parts[doubt.part], is_note=False, pov=told_by)
            return replace(draft, parts=tuple(parts))


def _with_note(draft: Draft, doubt: Doubt) -> Draft:
    """Return the draft with the first or last paragraph of a part as a note of its own."""
    told = draft.parts[doubt.part]
    paragraphs = told.text.strip().split(PARAGRAPH)
    if len(paragraphs) == 1:
        return mark_part(draft, doubt.part, is_note=True)
    note = Part("", paragraphs.pop(-1 if doubt.last else 0), told.line, is_note=True)
    rest = replace(told, text=PARAGRAPH.join(paragraphs))
    parts = (rest, note) if doubt.last else (note, rest)
    return replace(
        draft,
        parts=(*draft.parts[: doubt.part], *parts, *draft.parts[doubt.part + 1 :]),
        decisions=tuple(replace(each, part=each.part + (each.part > doubt.part)) for each in draft.decisions),
    )


def without_narrator(draft: Draft, pov: str) -> Draft:
    """Return the draft with a POV's parts told by whoever told the part before, and its name as their title."""
    parts: list[Part] = []
    before, begins = "", True
    for part in draft.parts:
        if part.is_note or part.pov.casefold() != pov.casefold():
            parts.append(part)
            before, begins = (before, begins) if part.is_note else (part.pov, True)
            continue
        heading = part.heading or (part.pov if begins else "")
        parts.append(replace(part, pov=before, heading=heading))
        begins = False
    return replace(draft, parts=tuple(parts))


def _slips(draft: Draft) -> Iterator[Doubt]:
    """Yield the POVs whose names are almost, or part of, that of another who is heard more often."""
    told = Counter(part.pov for part in draft.prose)
    lines = {part.pov: part.line for part in reversed(draft.prose)}
    names = [pov.name for pov in povs(draft)]
    counts = {name: sum(n for pov, n in told.items() if pov.casefold() == name.casefold()) for name in names}
    for name in names:
        others = [other for other in names if (counts[other], other) > (counts[name], name)]
        words = {word.casefold() for word in name.split()}
        like = get_close_matches(name, others, 1, _ALIKE) if len(name) >= _SHORTEST else []
        longer = [other for other in others if words < {word.casefold() for word in other.split()}]
        shorter = [other for other in others if {word.casefold() for word in other.split()} < words]
        for into in [*like, *longer, *shorter][:1]:
            sure = 0.3 if counts[name] == 1 and like else 0.5
            yield Doubt(Step.MERGE, name, sure, f"it is almost “{into}”", lines.get(name, 0), into)


def _guesses(draft: Draft) -> Iterator[Doubt]:
    names: set[str] = set()
    parts: set[int] = set()
    for decision in draft.decisions:
        if decision.sure >= DOUBTFUL:
            continue
        key = decision.said.casefold()
        if decision.took is Took.NARRATOR and key not in names and _tells(draft, key):
            names.add(key)
            yield Doubt(Step.NO_NARRATOR, decision.said, decision.sure, decision.why, decision.line)
        elif decision.took is Took.NOTE and decision.part not in parts and _is_note(draft, decision):
            parts.add(decision.part)
            yield Doubt(Step.STORY, decision.excerpt, decision.sure, decision.why, decision.line, part=decision.part)


def _edges(draft: Draft) -> Iterator[Doubt]:
    """Yield the first and the last paragraph of the story, if they seem to speak to readers."""
    from story.importing.analysis.talk import LONGEST_TALK, is_spoken, talk  # noqa: PLC0415 - large, and only workers need it

    told = [index for index, part in enumerate(draft.parts) if part.is_prose and part.links is None]
    for index, last in [(index, False) for index in told[:1]] + [(index, True) for index in told[-1:]]:
        part = draft.parts[index]
        paragraphs = part.text.strip().split(PARAGRAPH)
        text = paragraphs[-1 if last else 0]
        if len(told) + len(paragraphs) > 2 and len(text) <= LONGEST_TALK and talk(text) and not is_spoken(text):  # noqa: PLR2004 - something is left to be told
            about = " ".join(text.split())[:LONGEST_ABOUT]
            yield Doubt(Step.NOTE, about, 0.6, "it may speak to readers", 0 if last else part.line, "", index, last)


def _tells(draft: Draft, key: str) -> bool:
    return any(part.pov.casefold() == key for part in draft.prose)


def _is_note(draft: Draft, decision: Decision) -> bool:
    return decision.part < len(draft.parts) and draft.parts[decision.part].is_note
