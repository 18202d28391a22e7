"""Facts for the texts, in no language: names, numbers and places."""

from collections.abc import Sequence

from discord.utils import escape_markdown

from cogs.ui.texts.speech import current_locale
from story.authoring.statistics import words_of
from story.model import Scene, Section, Story
from story.rules.ballot import Ballot
from story.rules.links import Ways
from story.rules.measure import WORDS_A_MINUTE, visible
from story.rules.options import Option
from story.rules.page import Page
from story.rules.steps import Reading, Step
from story.services.queries import is_private

MOST_LABEL = 80
"""The most characters of a button's label."""
MOST_SKIPPING = 6
"""How many options a ballot's question names with the scenes they skip."""
MOST_MARKS = 15
"""How many scenes have a mark each: with the number beside them, a line on a phone."""
RULE = 15
"""How many pieces the rule has that shows the progress through more scenes."""
MOST_PATH = 1200
"""The most characters of the path on a story's closing card."""
UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))


# ---- numbers


def spans(numbers: Sequence[int]) -> str:
    """Write ascending numbers, with runs as ranges: "1–3, 5"."""
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
    """Return the link to a message in a reading's channel."""
    place = "@me" if is_private(reading.guild) else reading.guild
    return f"https://discord.com/channels/{place}/{reading.channel}/{message}"


def linked(title: str, reading: Reading, step: Step) -> str:
    """Return a title as a link to where its step was posted, if it was."""
    return f"[{title}]({link(reading, step.message)})" if step.message else title


# ---- a reading in words


def reached(page: Page) -> int:
    """Return how far the path has come, in scenes: the last one's number, if it has one."""
    path = page.place.path
    return (path and number_of(page, path[-1].section_id[0])) or len(path)


def number_of(page: Page, scene_id: str, told: Step | None = None) -> int | None:
    """Return a scene's number: its position in the story, or in a story with branches its position in the path.

    In the path, that is the last one, or that of the step given. None if it has neither.
    """
    if page.story.is_line:
        position = page.story.position(scene_id)
        return None if position is None else position + 1
    numbered = ((step, number) for number, step in enumerate(page.place.path, 1))
    return max(
        (n for step, n in numbered if step.scene == scene_id and (told is None or step.n == told.n)), default=None
    )


def was_heard(page: Page, scene: Scene, section: Section) -> bool | None:
    """Return whether a section was heard, rather than another of its scene; None if the scene was skipped."""
    heard = {step.pov for step in page.place.path if step.scene == scene.id}
    return section.pov.id in heard if heard else None


def bar(page: Page) -> str:
    """Draw how far the path has come: a mark for each scene, or one rule if there are many.

    It draws nothing in plain speech, or if the ways have different lengths.
    """
    if current_locale().plain or not page.story.is_line:
        return ""
    scenes = len(page.story.scenes)
    if scenes <= MOST_MARKS:
        return f"{'●' * reached(page)}{'○' * (scenes - reached(page))} "
    done = reached(page) * RULE // scenes
    return f"{'━' * done}{'─' * (RULE - done)} "


def name_of(story: Story, pov_id: str | None) -> str:
    """Return a POV's name, or its id if the story no longer has it."""
    pov = story.pov(pov_id) if pov_id else None
    return plain(pov.name) if pov else pov_id or ""


def plain(text: str) -> str:
    """Return a name or title that shows literally: no Markdown, no link, nothing invisible."""
    return escape_markdown(visible(text))


def shortened(text: str, longest: int = MOST_LABEL) -> str:
    """Return a text of at most so many characters, nothing invisible, with an ellipsis if it was cut."""
    text = visible(text) or "·"
    return text if len(text) <= longest else text[: longest - 1] + "…"


def excerpt(text: str, longest: int) -> str:
    """Return how a text begins, on one line and with nothing invisible; cut at a word, with an ellipsis."""
    begin = text[: longest * 4]
    if not begin.isprintable():
        begin = "".join(each for each in begin if each.isspace() or each.isprintable())
    seen = " ".join(begin.split())
    if len(seen) <= longest:
        return seen
    cut = seen[:longest]
    at = cut.rfind(" ")
    # Without spaces, or with an endless word, it is cut anywhere.
    return (cut[:at] if at > longest // 2 else cut[:-1]).rstrip(" ,;:–—-") + "…"


def label_of(ballot: Ballot | None, option_id: str | None) -> str | None:
    """Return an option's label, or None if there is no such option."""
    options = ballot.options if ballot else ()
    return next((shortened(option.label) for option in options if option.id == option_id), None)


def name_chosen(ballot: Ballot) -> str | None:
    """Return what whoever chooses has chosen so far."""
    return next(
        (label_of(ballot, press.pov) for press in ballot.presses if press.member == ballot.chooser and press.pov), None
    )


def name_taken(page: Page, step: Step) -> str:
    """Return what a step went on with: the label of its option, or if that is gone, what it tells."""
    for option in page.ballot.options if page.ballot else ():
        if (option.scene.id, option.pov.id) == (step.scene, step.pov):
            return shortened(option.label)
    scene = page.story.scene(step.scene or "")
    return name_of(page.story, step.pov) if page.story.is_line or scene is None else plain(shortened(scene.title))


def skipping(ballot: Ballot) -> list[Option]:
    """Return the options that skip scenes, nearest first, as many as a question has room for."""
    return sorted((each for each in ballot.options if each.skipped), key=lambda each: each.skipped)[:MOST_SKIPPING]


def path_told(page: Page, then: str) -> str:
    """Return the path as runs of scenes with one POV, such as "Anna 1–2", with `then` between them; not too long."""
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
