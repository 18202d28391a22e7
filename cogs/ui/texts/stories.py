"""Texts about the stories at hand, and about where a reading is."""

from collections import Counter
from collections.abc import Iterable, Sequence

from cogs.ui.texts.ballots import skips, state, vote_label, who_decides
from cogs.ui.texts.errors import why_held
from cogs.ui.texts.facts import link, plain, shortened
from cogs.ui.texts.looking_back import last_section
from cogs.ui.texts.pages import on_hold, opening, scene_of
from cogs.ui.texts.pieces import (
    bold,
    channel,
    choices,
    fact,
    heading,
    length,
    listed,
    relative,
    small,
    small_lines,
    title_of,
    told_by,
)
from cogs.ui.texts.speech import catalogue, dot, t
from story.model import Story
from story.rules.ballot import Ballot
from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind
from story.rules.page import Page
from story.rules.steps import Reading

MOST_CHOICE = 100
"""The most characters of a suggested choice."""


def story_line(story: Story) -> str:
    """Describe a story in the list of them."""
    rating = [story.rating] if story.rating else []
    lines = [
        dot().join([title_of(story), *rating]),
        small(f"{length(story)}; {t('story.told_by.line', povs=told_by(story))}"),
    ]
    return "\n".join([*lines, *([story.blurb] if story.blurb else [])])


def library(stories: Iterable[Story]) -> list[str]:
    """List the stories of the library."""
    return [heading(t("library.heading")), *map(story_line, stories), small(t("library.start"))]


def story_info(story: Story) -> list[str]:
    """Describe a story, in lines."""
    return [
        *opening(story).splitlines(),
        fact(t("story.length.label"), length(story)),
        *(f"- {bold(plain(pov.name))}{': ' if pov.blurb else ''}{pov.blurb}" for pov in story.povs),
        *small_lines(story.credits),
    ]


def started_there(turn_link: str, title: str, number: int) -> str:
    """Tell whoever began a story in another channel that it has begun."""
    started = t("story.started", title=bold(plain(title)), channel=channel(number))
    return f"{started} [{t('story.first_page')}]({turn_link})"


# ---- where a reading is


def where(page: Page, on_hold: Sequence[Delivery] = ()) -> str:
    """Say where a reading is, and what of its channel is on hold."""
    story = page.story
    scene = page.place.path and story.scene(page.place.path[-1].section_id[0])
    heard = [f"{plain(pov.name)} {catalogue().number(page.place.heard(pov.id))}" for pov in story.povs]
    lines = [
        dot().join([title_of(story), scene_of(page), *([f"*{plain(scene.title)}*"] if scene else [])]),
        fact(t("where.heard"), listed(heard)),
        *_what_is_open(page),
        held(page.step.failure) if page.step.failure else last_section(page.reading, page.step),
        *[waiting(each) for each in on_hold if each.kind is not DeliveryKind.SECTION][:1],
    ]
    return "\n".join(line for line in lines if line)


def _what_is_open(page: Page) -> list[str]:
    ballot = page.ballot
    if page.reading.held:
        return [] if page.step.failure else [on_hold()]
    if page.at_end:
        return [t("where.finished")]
    if ballot is None:
        return [t("where.lost")]
    if ballot.attendance or ballot.serial:
        return [state(ballot)]
    if not ballot.is_choice:
        return [t("where.next", pov=plain(ballot.options[0].pov.name))]
    closes = [t("where.closes", when=relative(ballot.closes_at))] if ballot.closes_at else []
    return [who_decides(ballot), t("where.open", options=_with_votes(ballot)), *skips(ballot), *closes]


def _with_votes(ballot: Ballot) -> str:
    votes = Counter[str]() if ballot.hides_votes else ballot.tally
    return choices([vote_label(option.label, votes[option.id]) for option in ballot.options])


def held(failure: DeliveryFailure) -> str:
    """Say why the last page is not posted, and what to do about it."""
    return f"{bold(t('held'))} {why_held(failure)}"


def waiting(delivery: Delivery) -> str:
    """Say that something can't be shown for now, and what to do about it."""
    label = t("held.in", channel=channel(delivery.channel))
    return fact(label, why_held(delivery.failure or DeliveryFailure.REFUSED))


def moved_there(page: Page, message: int, number: int) -> str:
    """Tell whoever moved a reading to another channel that it goes on there."""
    moved_to = t("story.moved", title=title_of(page.story), channel=channel(number))
    return f"{moved_to} [{t('page.last')}]({link(page.reading, message)})"


def confirm_aside(title: str, number: int, other: str) -> str:
    """Ask before a reading is set aside for another."""
    names = {"title": bold(plain(title)), "other": bold(plain(other))}
    return t("story.aside.ask", channel=channel(number), **names)


def reading_choice(title: str | None, reading: Reading, page: Page | None) -> str:
    """Name a reading in a list of choices, which shows only plain text; without a page, its story is gone."""
    title = title or t("reading.choice.no_story")
    if reading.gone_at:
        return shortened(t("reading.choice.gone", title=title), MOST_CHOICE)
    return shortened(t("reading.choice", title=title, scene=scene_of(page)) if page else title, MOST_CHOICE)
