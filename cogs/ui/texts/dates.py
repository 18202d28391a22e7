"""Texts about dates: when a session is, and when a serial's sections come."""

from collections.abc import Iterable
from datetime import datetime

from cogs.ui.texts.ballots import MOST_NAMES_TEXT, vote_label
from cogs.ui.texts.facts import reached, shortened
from cogs.ui.texts.pages import about_to_read, scene_of
from cogs.ui.texts.pieces import (
    bold,
    button,
    channel,
    date,
    duration,
    fact,
    heading,
    listed,
    permission,
    relative,
    role,
    small,
    title_of,
    who,
)
from cogs.ui.texts.speech import catalogue, dot, t
from story.rules.delivery import Over
from story.rules.page import Page, Planned
from story.rules.rsvp import Coming, Rsvp
from story.rules.serial import Serial
from story.rules.session_date import SessionDate
from story.times.offsets import zone_name

MOST_TITLE = 60
"""The most characters of a story's title in an event's name."""


def _when(session_date: SessionDate) -> str:
    return t(f"date.{session_date.repeat}", date=date(session_date.at), when=relative(session_date.at))


def date_card(planned: Planned, *, event: bool = True) -> str:
    """Describe a date: when it is, what is read, and who is coming.

    `event` says whether the bot may create an event of it.
    """
    when, page = planned.date, planned.page
    lines = [bold(t("date.set", date=_when(when)))]
    if planned.story:
        lines.append(dot().join([title_of(planned.story), *([scene_of(page)] if page else [])]))
        lines += about_to_read(planned.story)
    if planned.reminded:
        lines.append(small(t("date.zone.soon", zone=zone_name(when.zone.key))))
    else:
        lines.append(small(t("date.zone", zone=zone_name(when.zone.key), duration=_before(when))))
    if not event:
        lines.append(small(t("date.no_event", permission=permission("create_events"))))
    return "\n".join([*lines, *_who_comes(planned)])


def _before(session_date: SessionDate) -> str:
    return duration(round(session_date.remind.total_seconds()))


def _who_comes(planned: Planned) -> list[str]:
    """Say who is coming, or only how many, if they are many or names are off."""
    answers = [(t(f"button.rsvp.{says}"), planned.who(says)) for says in Coming]
    given = [(answer, members) for answer, members in answers if members]
    named = [
        fact(t("rsvp.count", answer=answer, count=len(members)), listed([who(each) for each in members]))
        for answer, members in given
    ]
    if planned.names and sum(map(len, named)) <= MOST_NAMES_TEXT:
        return named
    return [fact(answer, catalogue().number(len(members))) for answer, members in given]


def date_over(why: Over) -> str:
    """Say why a date's card can't be pressed any more, in place of it."""
    return t(f"date.over.{why}")


def rsvp_label(planned: Planned, says: Coming) -> str:
    """Label an RSVP's button, with how many have pressed it."""
    return vote_label(t(f"button.rsvp.{says}"), len(planned.who(says)))


def your_rsvp(rsvp: Rsvp) -> str:
    """Tell a member their RSVP."""
    return t("rsvp.yours", answer=bold(t(f"button.rsvp.{rsvp.says}"))) if rsvp.says else t("rsvp.yours.none")


def reminding(session_date: SessionDate, rsvp: Rsvp) -> str:
    """Tell a member whether they get a reminder of a date in private."""
    if not rsvp.remind:
        return t("remind.off")
    if not rsvp.may_come:
        return t("remind.on_if", going=button("button.rsvp.going"), maybe=button("button.rsvp.maybe"))
    return t("remind.on", when=relative(session_date.remind_at))


def direct_reminder(planned: Planned) -> str:
    """Remind a member of a date in private."""
    title = title_of(planned.story) if planned.story else ""
    return t("direct.reminder", title=title, when=relative(planned.date.at), link=place_of(planned.date))


def place_of(session_date: SessionDate) -> str:
    """Return the link to a date's card, or to its channel."""
    card = f"/{session_date.message}" if session_date.message else ""
    return f"https://discord.com/channels/{session_date.guild}/{session_date.channel}{card}"


def directs_closed() -> str:
    """Tell a member that the bot could not message them, and what to do about it."""
    return t("direct.closed", button=button("button.remind"))


def event_name(planned: Planned) -> str:
    """Name a date among the server's events, in plain text."""
    if planned.story is None:
        return t("event.name")
    title = shortened(planned.story.title, MOST_TITLE)
    if planned.page is None:
        return t("event.name.story", title=title)
    return t("event.name.scene", title=title, number=str(max(1, reached(planned.page))))


def calendar(events: Iterable[SessionDate]) -> list[str]:
    """List the dates of a server."""
    lines = [f"- {channel(each.channel)}: {_when(each)}" for each in events]
    return [heading(t("date.heading")), *(lines or [t("date.empty")])]


def date_choice(session_date: SessionDate) -> str:
    """Name a date in a list of choices, which shows only plain text."""
    at = session_date.at.astimezone(session_date.zone)
    return t("date.choice", date=catalogue().date_and_time(at), zone=zone_name(session_date.zone.key))


def reminder(session_date: SessionDate) -> str:
    """Remind a channel of its date."""
    ping = f"{role(session_date.role)} " if session_date.role else ""
    return f"{ping}{bold(t('date.reminder', when=relative(session_date.at)))} {t('date.catch_up')}"


def cancelled(at: datetime) -> str:
    """Tell the channel that a date was cancelled."""
    return t("date.cancelled", date=date(at))


def next_date(session_date: SessionDate) -> str:
    """Say when the next date is, on a session's closing card."""
    return fact(t("date.next"), _when(session_date))


def serial_set(page: Page, serial: Serial) -> str:
    """Tell the channel that sections now come at a set time, and when the first one does."""
    at = page.ballot.closes_at if page.ballot else None
    told = [
        t(f"serial.{serial.every}", title=title_of(page.story), zone=zone_name(serial.zone.key)),
        *([t("serial.first", date=date(at), when=relative(at))] if at else []),
        t("serial.stop"),
    ]
    return " ".join(told)
