"""Texts about a session: its lobby, who is there, and how it was."""

from collections.abc import Sequence

from cogs.ui.texts.dates import next_date
from cogs.ui.texts.facts import plain
from cogs.ui.texts.pages import about_to_read, scene_of
from cogs.ui.texts.pieces import MOST_READERS, button, fact, heading, listed, members, small, title_of, who
from cogs.ui.texts.speech import catalogue, dot, t
from story.rules.page import Ended, Lobby, Page
from story.rules.session_date import SessionDate

MOST_TITLES = 10
"""How many scenes a session's closing card names."""


def lobby(shown: Lobby) -> str:
    """Describe a session: what it reads, how far that is, and who is in it."""
    session, page = shown.session, shown.page
    ids = [reader.member for reader in session.readers]
    lines = [heading(t("session.heading"))]
    if shown.story:
        lines.append(dot().join([title_of(shown.story), *([scene_of(page)] if page else [])]))
        lines += about_to_read(shown.story)
    begins = t("session.waits", who=who(shown.host), button=button("button.begin"))
    lines += [
        t("session.ended") if session.ended_at else t("session.on") if session.began_at else begins,
        fact(t("session.readers", count=len(ids)), _members(ids)),
        small(t("session.join_hint")),
    ]
    return "\n".join(lines)


def _members(ids: Sequence[int], nobody: str = "session.nobody") -> str:
    return members(ids) if ids else t(nobody)


def readers(shown: Lobby) -> str:
    """Say who is there in a session, who has read, and who is waited for."""
    ballot = shown.page.ballot if shown.page else None
    attendance = ballot.attendance if ballot else None
    if ballot is None or attendance is None:
        return lobby(shown)
    lines = [heading(t("readers.heading"))]
    away, waited_for = attendance.away, ballot.waited_for
    for reader in shown.session.readers[:MOST_READERS]:
        state = t(_doing(away=reader.member in away, ready=reader.member not in waited_for))
        if ballot.reads_along(reader):
            state = t("readers.along")
        if reader.member == attendance.host:
            state = t("readers.host", state=state)
        lines.append(f"- <@{reader.member}>: {state}")
    more = len(shown.session.readers) - MOST_READERS
    return "\n".join([*lines, *([f"- {t('list.and_more', n=more)}"] if more > 0 else [])])


def _doing(*, away: bool, ready: bool) -> str:
    if away:
        return "readers.away"
    return "readers.ready" if ready else "readers.reading"


def session_ended(ended: Ended, session_date: SessionDate | None) -> str:
    """Close a session: what was read, how long it took, which POVs won, who was there, and the next date."""
    lines = [heading(t("session.over"))]
    if ended.page:
        lines.append(dot().join([title_of(ended.page.story), _stopped_at(ended.page)]))
    if ended.heard:
        minutes = max(1, round(ended.length.total_seconds() / 60))
        titles = [f"{plain(scene.title)} ({plain(section.pov.name)})" for _, scene, section in ended.heard]
        earlier = [t("session.earlier", n=len(titles) - MOST_TITLES)] if len(titles) > MOST_TITLES else []
        time = catalogue().length_of_time(minutes, "minute")
        lines.append(fact(t("session.read_in", duration=time), listed([*earlier, *titles[-MOST_TITLES:]])))
    if ended.won:
        won = [f"{plain(name)} {catalogue().number(n)}" for name, n in ended.won.most_common()]
        lines.append(fact(t("session.won"), listed(won)))
    lines.append(fact(t("session.were_there"), _members(ended.there, "session.nobody_there")))
    if session_date:
        lines.append(next_date(session_date))
    if ended.page is None or not ended.page.at_end:
        lines.append(small(t("session.continue")))
    return "\n".join(lines)


def _stopped_at(page: Page) -> str:
    return t("session.finished") if page.at_end else t("session.stopped_at", scene=scene_of(page))


def handed_over(host: int) -> str:
    """Say who is host from now on."""
    return t("session.handed_over", who=who(host))
