"""Texts about what is wrong in a server, and what to do about it."""

from collections.abc import Iterable, Iterator

from cogs.ui.texts.errors import why_held
from cogs.ui.texts.pages import scene_of
from cogs.ui.texts.pieces import channel, fact, heading, permission, relative, small, title_of
from cogs.ui.texts.speech import dot, t
from story.rules.delivery import DeliveryFailure
from story.rules.page import Page
from story.rules.steps import Reading
from story.rules.trouble import Trouble, TroubleKind, Why


def trouble(found: Trouble) -> str:
    """Say in a line what is wrong in a channel, and what to do about it."""
    return fact(channel(found.channel), _what(found))


def _what(found: Trouble) -> str:
    match found.kind:
        case TroubleKind.THREADS if found.why == DeliveryFailure.FORBIDDEN:
            return t("trouble.threads", permission=permission("create_public_threads"))
        case TroubleKind.EVENTS if found.why == DeliveryFailure.FORBIDDEN:
            return t("trouble.events", permission=permission("create_events"))
        case TroubleKind.STORY:
            return _why_not(found)
        case TroubleKind.SERIAL:
            return f"{t('trouble.serial')} {_why_not(found)}"
        case _:
            return why_held(DeliveryFailure(found.why))


def _why_not(found: Trouble) -> str:
    match Why(found.why):
        case Why.GONE:
            return t("refusal.story_gone")
        case Why.LOST:
            return t("where.lost")
        case Why.AGE:
            return why_held(DeliveryFailure.AGE)
        case Why.DATES:
            return t("trouble.dates")
        case Why.HELD:
            return t("trouble.held")


def status(
    readings: Iterable[tuple[Reading, Page | None]], troubles: Iterable[Trouble], log: int | None, missing: str = ""
) -> list[str]:
    """List what is wrong in a server, and what is read there; `missing` are the bot's missing permissions here."""
    wrong = list(dict.fromkeys([*([missing] if missing else []), *map(trouble, troubles)]))
    return [
        heading(t("status.heading")),
        *(f"- {each}" for each in wrong),
        *([] if wrong else [t("status.fine")]),
        *_readings(readings),
        small(fact(t("setting.log"), channel(log) if log else t("status.no_log"))),
    ]


def _readings(readings: Iterable[tuple[Reading, Page | None]]) -> Iterator[str]:
    for reading, page in readings:
        if page is None:
            continue
        parts = [title_of(page.story), scene_of(page)]
        if page.ballot and page.ballot.serial and page.deadline:
            parts.append(t("turn.serial", when=relative(page.deadline.at)))
        yield f"- {fact(channel(reading.channel), dot().join(parts))}"
