"""Dates, and what members say to them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from story.rules.rsvp import Coming, Rsvp
from story.rules.session_date import SessionDate
from story.store.rows import Connected, instant
from story.times.series import Repeat

_DATE = "id, guild, channel, host, at, began, repeat, zone, role, event, remind, message"


class DateReads(Connected):
    """Reads dates."""

    async def date(self, date_id: int) -> SessionDate | None:
        """Return a date by its number."""
        return await self._date("id = ?", date_id)

    async def date_in(self, channel: int) -> SessionDate | None:
        """Return the date of a channel."""
        return await self._date("channel = ?", channel)

    async def date_of_event(self, event: int) -> SessionDate | None:
        """Return the date of one of Discord's events."""
        return await self._date("event = ?", event)

    async def dates_of(self, guild: int) -> list[SessionDate]:
        """Return the dates of a server, the next first, without those that wait with a reading."""
        which = "WHERE guild = ? AND channel > 0 ORDER BY at, id"
        rows = await self._rows(f"SELECT {_DATE} FROM session_date {which}", guild)
        return [_date_of(row) for row in rows]

    async def _date(self, which: str, value: int) -> SessionDate | None:
        rows = await self._rows(f"SELECT {_DATE} FROM session_date WHERE {which}", value)
        return _date_of(rows[0]) if rows else None

    # ---- who comes

    async def rsvp(self, date_id: int, member: int) -> Rsvp:
        """Return what a member says to a date; without an answer, one that says nothing."""
        rows = await self._rows("SELECT member, says, remind FROM rsvp WHERE date = ? AND member = ?", date_id, member)
        return _rsvp_of(rows[0]) if rows else Rsvp(member)

    async def rsvps(self, date_id: int) -> tuple[Rsvp, ...]:
        """Return what members say to a date, in the order they did."""
        rows = await self._rows("SELECT member, says, remind FROM rsvp WHERE date = ? ORDER BY at, member", date_id)
        return tuple(_rsvp_of(row) for row in rows)

    async def dates_with(self, member: int) -> list[SessionDate]:
        """Return the dates that a member has answered, without those that wait with a reading."""
        which = "WHERE id IN (SELECT date FROM rsvp WHERE member = ?) AND channel > 0 ORDER BY id"
        rows = await self._rows(f"SELECT {_DATE} FROM session_date {which}", member)
        return [_date_of(row) for row in rows]


class DateWrites(Connected):
    """Writes dates."""

    async def add_date(self, date: SessionDate) -> int:
        """Add a date; return its number."""
        [(number,)] = await self._rows(
            "INSERT INTO session_date (guild, channel, host, at, began, repeat, zone, role, remind)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            date.guild,
            date.channel,
            date.host,
            date.at.timestamp(),
            date.began.timestamp(),
            date.repeat,
            date.zone.key,
            date.role,
            round(date.remind.total_seconds()),
        )
        return int(number)

    async def set_date(self, date_id: int, at: datetime, began: datetime) -> None:
        """Move a date: set its next time, and its first."""
        move = "UPDATE session_date SET at = ?, began = ? WHERE id = ?"
        await self._rows(move, at.timestamp(), began.timestamp(), date_id)

    async def set_event(self, date_id: int, event: int | None) -> None:
        """Note which of Discord's events belongs to a date."""
        await self._rows("UPDATE session_date SET event = ? WHERE id = ?", event, date_id)

    async def mark_date(self, date_id: int, channel: int, at: datetime, message: int) -> bool:
        """Note which message is the card of a date; return whether the date still exists at that time."""
        sql = "UPDATE session_date SET message = ? WHERE id = ? AND channel = ? AND at = ? RETURNING id"
        return bool(await self._rows(sql, message, date_id, channel, at.timestamp()))

    async def set_date_zone(self, date_id: int, zone: ZoneInfo) -> None:
        """Set the zone whose clocks a date goes by."""
        await self._rows("UPDATE session_date SET zone = ? WHERE id = ?", zone.key, date_id)

    async def place_date(self, date_id: int, channel: int) -> None:
        """Move a date to another channel, or to where it waits with a reading."""
        await self._rows("UPDATE session_date SET channel = ? WHERE id = ?", channel, date_id)

    async def drop_date(self, date_id: int) -> None:
        """Delete a date."""
        await self._rows("DELETE FROM session_date WHERE id = ?", date_id)

    async def come_round(self, date_id: int, at: datetime) -> None:
        """Set the next time of a date, without a card or an event."""
        again = "UPDATE session_date SET at = ?, event = NULL, message = NULL WHERE id = ?"
        await self._rows(again, at.timestamp(), date_id)

    # ---- who comes

    async def set_rsvp(self, date_id: int, rsvp: Rsvp, now: datetime) -> None:
        """Keep what a member says to a date, in place of before; if that is nothing, keep nothing."""
        if rsvp == Rsvp(rsvp.member):
            await self._rows("DELETE FROM rsvp WHERE date = ? AND member = ?", date_id, rsvp.member)
            return
        await self._rows(
            "INSERT INTO rsvp (date, member, says, remind, at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (date, member) DO UPDATE SET"
            " says = excluded.says, remind = excluded.remind, at = excluded.at",
            date_id,
            rsvp.member,
            rsvp.says,
            int(rsvp.remind),
            now.timestamp(),
        )

    async def forget_rsvps(self, date_id: int) -> None:
        """Forget what members say to a date."""
        await self._rows("DELETE FROM rsvp WHERE date = ?", date_id)


def _date_of(row: Sequence[Any]) -> SessionDate:
    number, guild, channel, host, at, began, repeat, zone, role, event, remind, message = row
    return SessionDate(
        channel,
        guild,
        host,
        instant(at),
        instant(began),
        Repeat(repeat),
        ZoneInfo(zone),
        role,
        event,
        number,
        timedelta(seconds=remind),
        message,
    )


def _rsvp_of(row: Sequence[Any]) -> Rsvp:
    member, says, remind = row
    return Rsvp(member, Coming(says) if says else None, bool(remind))
