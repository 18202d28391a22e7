"""What is said of dates: when a session is, and when a serial's sections come."""

from collections.abc import Iterable

from cogs.ui.texts.pieces import bold, channel, date, fact, heading, permission, relative, role, small, title_of
from cogs.ui.texts.speech import catalogue, t
from story.rules.page import Page
from story.rules.serial import Serial
from story.rules.session_date import SessionDate
from story.times.offsets import zone_name


def _when(session_date: SessionDate) -> str:
    return t(f"date.{session_date.repeat}", date=date(session_date.at), when=relative(session_date.at))


def scheduled(session_date: SessionDate, *, event: bool) -> str:
    """Tell the channel that there is a date; `event` says whether it is among the server's events, too."""
    lines = [bold(t("date.set", date=_when(session_date))), t("date.zone", zone=zone_name(session_date.zone.key))]
    return "\n".join([*lines, *([] if event else [small(t("date.no_event", permission=permission("create_events")))])])


def calendar(events: Iterable[SessionDate]) -> list[str]:
    """List the dates of a server."""
    lines = [f"- {channel(each.channel)}: {_when(each)}" for each in events]
    return [heading(t("date.heading")), *(lines or [t("date.empty")])]


def date_choice(session_date: SessionDate) -> str:
    """Name a date in a list to choose from, which shows plain text only."""
    at = session_date.at.astimezone(session_date.zone)
    return t("date.choice", date=catalogue().date_and_time(at), zone=zone_name(session_date.zone.key))


def reminder(session_date: SessionDate) -> str:
    """Remind a channel of its date."""
    ping = f"{role(session_date.role)} " if session_date.role else ""
    return f"{ping}{bold(t('date.reminder', when=relative(session_date.at)))} {t('date.catch_up')}"


def cancelled(session_date: SessionDate) -> str:
    """Tell the channel that there is no date any more."""
    return t("date.cancelled", date=date(session_date.at))


def next_date(session_date: SessionDate) -> str:
    """Say when the next date is, on a session's closing card."""
    return fact(t("date.next"), _when(session_date))


def serial_set(page: Page, serial: Serial) -> str:
    """Tell the channel that sections come at a set time from now on, and when the first does."""
    at = page.ballot.closes_at if page.ballot else None
    told = [
        t(f"serial.{serial.every}", title=title_of(page.story), zone=zone_name(serial.zone.key)),
        *([t("serial.first", date=date(at), when=relative(at))] if at else []),
        t("serial.stop"),
    ]
    return " ".join(told)
