"""What the texts of all languages share: names and numbers that are no language, and what has to be found out first."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from discord.utils import escape_markdown, format_dt

from cogs.ui.texts.speech import current_locale, dot
from story.authoring.statistics import words_of
from story.importing import Mistake
from story.model import Scene, Section, Story
from story.rules.ballot import Ballot
from story.rules.links import Ways
from story.rules.options import Option as BallotOption
from story.rules.page import Page
from story.rules.session import WORDS_A_MINUTE
from story.rules.settings import Settings
from story.rules.steps import Reading, Step
from story.services.queries import is_private

NAME = "Storyteller"
"""What the bot calls itself."""
LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}
"""Each language as it calls itself."""
PATH_FILE = "path.png"
MOST_ALT = 1024
"""Characters that Discord takes for what stands in for a picture."""
MOST_NAMES = 24
"""POVs that an opening card names."""
MOST_LABEL = 80
"""Characters of a button's label."""
MOST_SKIPPING = 6
"""Options of which a ballot's question says how many scenes they skip."""
MOST_CELLS = 10
"""Cells of the bar that shows how far a reading is: with the number beside it, a line on a phone."""
MOST_READERS = 40
"""Members that a session's card names."""
MOST_CREDITS = 3
"""Stories whose credits /about has room for; `/story info` has the others'."""
MOST_MISTAKES = 10
"""Mistakes that are shown of a file that is no story."""
MOST_CHANNELS = 20
"""Channels that are named where a story is read."""
MOST_TITLES = 10
"""Scenes that a session's closing card names."""
MOST_PATH = 1200
"""Characters of the path on a story's closing card."""
LENGTHS = (15, 30, 60, 120, 300, 600, 1800, 3600, 6 * 3600, 12 * 3600, 86_400, 3 * 86_400, 7 * 86_400)
"""Seconds that a ballot can be open for."""
QUORUMS = (0, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50)
"""Answers that a ballot can need."""
UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a setting can have: what it is called, and what is different with it."""

    value: str
    label: str
    effect: str


# ---- members, names and numbers


def mention(member: int | None, nobody: str) -> str:
    """Name a member, or, if they have been forgotten, nobody in particular."""
    return f"<@{member}>" if member else nobody


def mentions(members: Sequence[int]) -> str:
    """Name members, up to as many as a card has room for."""
    return ", ".join(f"<@{member}>" for member in members[:MOST_READERS])


def listed(names: Iterable[str]) -> str:
    """Put names one after the other."""
    return ", ".join(escape_markdown(name) for name in names)


def quoted(text: str) -> str:
    """Return what a member typed so that it can stand in an answer: one line, no Markdown, nothing unseen, not long."""
    seen = "".join(each for each in text if each.isspace() or not unicodedata.category(each).startswith("C"))
    return escape_markdown(" ".join(seen.split())[:60])


def small(text: str) -> list[str]:
    """Return the lines of a text in small print."""
    return [f"-# {line}" for line in text.splitlines() if line.strip()]


def relative(when: datetime) -> str:
    """Return a moment as Discord tells it from now, in the language of whoever reads it: "in 5 minutes"."""
    return format_dt(when, "R")


def spans(numbers: Sequence[int]) -> str:
    """Write ascending numbers with those that follow on each other drawn together."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ", ".join(_span(*run) for run in runs)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def unit_of(seconds: int) -> tuple[int, str]:
    """Return a length of time as a whole number of the largest of the `UNITS`."""
    return next((seconds // length, unit) for unit, length in UNITS if seconds % length == 0)


# ---- links


def link(reading: Reading, message: int) -> str:
    """Return the address of a message in a reading's channel."""
    place = "@me" if is_private(reading.guild) else reading.guild
    return f"https://discord.com/channels/{place}/{reading.channel}/{message}"


def linked(title: str, reading: Reading, step: Step) -> str:
    """Return a title that leads to where its step was posted, if it was."""
    return f"[{title}]({link(reading, step.message)})" if step.message else title


# ---- what is to be said of a reading


def reached(page: Page) -> int:
    """Return how many scenes the path has come, by the last one's number where it has one."""
    path = page.place.path
    return (path and number_of(page, path[-1].section_id[0])) or len(path)


def number_of(page: Page, scene_id: str, told: Step | None = None) -> int | None:
    """Return the number that a scene goes by: its place in the story, or in one that branches that in the path.

    There it is the last one, or that at which the step has told it. None where it has neither.
    """
    if page.story.is_line:
        position = page.story.position(scene_id)
        return None if position is None else position + 1
    numbered = ((step, number) for number, step in enumerate(page.place.path, 1))
    return max(
        (n for step, n in numbered if step.scene == scene_id and (told is None or step.n == told.n)), default=None
    )


def was_heard(page: Page, scene: Scene, section: Section) -> bool | None:
    """Return whether a section has been heard, or instead another one of its scene; None if the scene was skipped."""
    heard = {step.pov for step in page.place.path if step.scene == scene.id}
    return section.pov.id in heard if heard else None


def bar(page: Page) -> str:
    """Draw how far the path has come; in plain speech nothing, and nothing where ways have different lengths."""
    if current_locale().plain or not page.story.is_line:
        return ""
    scenes = len(page.story.scenes)
    cells = min(scenes, MOST_CELLS)
    done = reached(page) * cells // scenes
    return f"{'●' * done}{'○' * (cells - done)} "


def name_of(story: Story, pov_id: str | None) -> str:
    """Return a POV's name; one that the story has no more goes by its id."""
    pov = story.pov(pov_id) if pov_id else None
    return pov.name if pov else pov_id or ""


def shortened(text: str, longest: int = MOST_LABEL) -> str:
    """Return a text of at most so many characters, with an ellipsis where it was cut."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def label_of(ballot: Ballot | None, option_id: str | None) -> str | None:
    """Return what an option is called, or None if there is no such option."""
    options = ballot.options if ballot else ()
    return next((shortened(option.label) for option in options if option.id == option_id), None)


def name_chosen(ballot: Ballot) -> str | None:
    """Return what the one whose choice it is has chosen so far."""
    return next(
        (label_of(ballot, press.pov) for press in ballot.presses if press.member == ballot.chooser and press.pov), None
    )


def name_taken(page: Page, step: Step) -> str:
    """Return what a step went on with: an option of the page before it; if there is no such any more, what it tells."""
    for option in page.ballot.options if page.ballot else ():
        if (option.scene.id, option.pov.id) == (step.scene, step.pov):
            return shortened(option.label)
    scene = page.story.scene(step.scene or "")
    return name_of(page.story, step.pov) if page.story.is_line or scene is None else shortened(scene.title)


def skipping(ballot: Ballot) -> list[BallotOption]:
    """Return the options that skip scenes, the nearest first, up to as many as a question has room for."""
    return sorted((each for each in ballot.options if each.skipped), key=lambda each: each.skipped)[:MOST_SKIPPING]


def path_told(page: Page, then: str) -> str:
    """Return the path as runs of scenes that one POV told, such as "Anna 1–2", `then` between them; not too long."""
    runs: list[tuple[str, int, int]] = []
    for number, step in enumerate(page.place.path, 1):
        name = name_of(page.story, step.pov)
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1], number)
        else:
            runs.append((name, number, number))
    whole = then.join(f"{name} {_span(first, last)}" for name, first, last in runs)
    return whole if len(whole) <= MOST_PATH else whole[:MOST_PATH].rsplit(then, 1)[0] + then + "…"


def size(story: Story) -> tuple[int, int, int, int]:
    """Return how many scenes and sections a story has, and how many words and minutes a way through it takes."""
    shortest, longest = Ways(story).words
    longest = longest or shortest or words_of(story)
    shortest = shortest or longest
    minutes = max(1, round((shortest + longest) / 2 / WORDS_A_MINUTE))
    return len(story.scenes), sum(1 for _ in story.sections()), longest, minutes


# ---- stories that are brought in


def scenes_in_short(story: Story) -> list[str]:
    """Return a line for each scene: its number, its title, who tells it, and its first words."""
    between = dot()
    return [
        f"**{number}. {escape_markdown(scene.title)}**{between}{listed(pov.name for pov in scene.povs)}:"
        f" {quoted(scene.sections[0].text[:200])}"
        for number, scene in enumerate(story.scenes, 1)
    ]


def inner_file(mistake: Mistake) -> str:
    """Return which file within a book a mistake is in; nothing where there is one file only."""
    inner = "/".join(mistake.file.parts[1:])
    return f"{quoted(inner)}, " if inner else ""


# ---- settings


def option(settings: Settings, name: str, options: Iterable[Option]) -> Option:
    """Return which of the options a setting is set to; one that is not among them goes by its value."""
    value = getattr(settings, name)
    wanted = str(value).lower() if isinstance(value, bool) else str(value)
    return next((each for each in options if each.value == wanted), Option(wanted, wanted, ""))
