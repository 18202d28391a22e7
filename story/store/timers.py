"""Timers, which come due, and deliveries, which Discord should show."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind
from story.rules.shards import Shards
from story.rules.steps import Reading
from story.rules.timer import Deadline, Timer, TimerKind
from story.store.readings import ballot_timer
from story.store.rows import Connected, in_shards, instant

_DELIVERY = "id, guild, channel, kind, subject, n, target, data, created_at, attempts, failure"
_ADD = "INSERT INTO delivery (guild, channel, kind, subject, n, target, data, created_at, attempts) VALUES"


class TimerReads(Connected):
    """Reads timers and deliveries."""

    async def due(self, now: datetime, most: int, shards: Shards | None = None) -> list[Timer]:
        """Return what is due by now, or is so in the servers of some shards; what has been due longest comes first."""
        sql = f"SELECT kind, subject, guild, at FROM timer WHERE at <= ? AND {in_shards(shards)} ORDER BY at LIMIT ?"
        rows = await self._rows(sql, now.timestamp(), most)
        return [Timer(TimerKind(kind), subject, guild, instant(at)) for kind, subject, guild, at in rows]

    async def next_due(self, shards: Shards | None = None) -> datetime | None:
        """Return when something comes due next, or does so in the servers of some shards."""
        [(at,)] = await self._rows(f"SELECT min(at) FROM timer WHERE {in_shards(shards)}")
        return None if at is None else instant(at)

    async def timer(self, kind: TimerKind, subject: int) -> datetime | None:
        """Return when a timer comes due, or None if there is none."""
        rows = await self._rows("SELECT at FROM timer WHERE kind = ? AND subject = ?", kind, subject)
        return instant(rows[0][0]) if rows else None

    async def is_due(self, timer: Timer, now: datetime) -> bool:
        """Whether a timer is still there and due: it may have been put off since it was looked up."""
        sql = "SELECT 1 FROM timer WHERE kind = ? AND subject = ? AND at <= ?"
        return bool(await self._rows(sql, timer.kind, timer.subject, now.timestamp()))

    async def timed(self, kind: TimerKind, shards: Shards | None = None) -> set[int]:
        """Return the subjects of all timers of a kind, or of those in the servers of some shards."""
        sql = f"SELECT subject FROM timer WHERE kind = ? AND {in_shards(shards)}"
        return {subject for (subject,) in await self._rows(sql, kind)}

    async def ballot_step(self, reading_id: int) -> int | None:
        """Return the step under which a reading's ballot is due."""
        rows = await self._rows("SELECT n FROM timer WHERE kind = 'ballot' AND subject = ?", reading_id)
        return rows[0][0] if rows else None

    async def deliveries(self, shards: Shards | None = None) -> list[Delivery]:
        """Return every delivery still to be carried out, or those in the servers of some shards, in order."""
        sql = f"SELECT {_DELIVERY} FROM delivery WHERE {in_shards(shards)} ORDER BY id"
        return [_delivery(row) for row in await self._rows(sql)]

    async def sections(self, reading_id: int) -> list[int]:
        """Return the deliveries of a reading's sections, by the steps' numbers."""
        rows = await self._rows("SELECT id FROM delivery WHERE kind = 'section' AND subject = ?", reading_id)
        return [number for (number,) in rows]

    async def delivery(self, delivery_id: int) -> Delivery | None:
        """Return a delivery, or None if it has been carried out."""
        rows = await self._rows(f"SELECT {_DELIVERY} FROM delivery WHERE id = ?", delivery_id)
        return _delivery(rows[0]) if rows else None

    async def awaits(self, guild: int, kind: DeliveryKind, subject: int) -> bool:
        """Whether a delivery of a kind is still to be carried out for a subject."""
        sql = "SELECT 1 FROM delivery WHERE guild = ? AND kind = ? AND subject = ?"
        return bool(await self._rows(sql, guild, kind, subject))

    async def failures(self, guild: int) -> list[Delivery]:
        """Return the deliveries of a server that Discord did not take, oldest first."""
        sql = (
            f"SELECT {_DELIVERY} FROM delivery WHERE guild = ? AND failure IS NOT NULL AND kind <> 'direct' ORDER BY id"
        )
        return [_delivery(row) for row in await self._rows(sql, guild)]


class TimerWrites(Connected):
    """Writes timers and deliveries.

    `delivered` are the deliveries written so far, `retried` those to try again now, and `earliest` is the first instant
    of the timers set.
    """

    delivered: list[Delivery]
    retried: list[int]
    earliest: datetime | None

    async def set_timer(self, timer: Timer) -> None:
        """Set a timer, in place of the subject's last one of this kind."""
        await self._set_timer(timer.at, (timer.kind, timer.subject, timer.guild, timer.at.timestamp(), None, None, 0))

    async def set_deadline(self, reading: Reading, n: int, deadline: Deadline) -> None:
        """Set what comes due under a step, in place of the reading's last deadline."""
        await self._set_timer(deadline.at, ballot_timer(reading, n, deadline))

    async def _set_timer(self, at: datetime, row: Sequence[object]) -> None:
        self.earliest = min(self.earliest or at, at)
        await self._rows(
            "INSERT INTO timer (kind, subject, guild, at, detail, n, restarts) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, subject) DO UPDATE SET"
            " at = excluded.at, detail = excluded.detail, n = excluded.n, restarts = excluded.restarts",
            *row,
        )

    async def put_off(self, timer: Timer, at: datetime) -> None:
        """Put a timer off, unless it was changed meanwhile."""
        self.earliest = min(self.earliest or at, at)
        sql = "UPDATE timer SET at = ? WHERE kind = ? AND subject = ? AND at <= ?"
        await self._rows(sql, at.timestamp(), timer.kind, timer.subject, timer.at.timestamp())

    async def clear_timer(self, kind: TimerKind, *subjects: int) -> None:
        """Delete a timer."""
        for subject in subjects:
            await self._rows("DELETE FROM timer WHERE kind = ? AND subject = ?", kind, subject)

    async def deliver(self, now: datetime, *deliveries: Delivery) -> None:
        """Write deliveries, in this order."""
        if not deliveries:
            return
        values: list[object] = []
        for each in deliveries:
            data = json.dumps(each.data) if each.data else None
            values += [each.guild, each.channel, each.kind, each.subject, each.n, each.target, data]
            values.append(now.timestamp())
        places = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, 0)"] * len(deliveries))
        rows = await self._rows(f"{_ADD} {places} RETURNING {_DELIVERY}", *values)
        self.delivered += sorted((_delivery(row) for row in rows), key=lambda each: each.id)

    async def fail_delivery(self, delivery: Delivery, failure: DeliveryFailure) -> None:
        """Note why Discord did not take a delivery."""
        sql = "UPDATE delivery SET attempts = attempts + 1, failure = ? WHERE id = ?"
        await self._rows(sql, failure, delivery.id)

    async def drop_deliveries(self, channel: int) -> None:
        """Drop all deliveries of a channel."""
        await self._rows("DELETE FROM delivery WHERE channel = ? AND kind <> 'event'", channel)

    def retry(self, delivery_id: int) -> None:
        """Try a delivery again once this is committed."""
        self.retried.append(delivery_id)


def _delivery(row: Sequence[Any]) -> Delivery:
    number, guild, channel, kind, subject, n, target, data, created_at, attempts, failure = row
    return Delivery(
        DeliveryKind(kind),
        guild,
        channel,
        subject,
        n,
        target,
        json.loads(data) if data else {},
        number,
        instant(created_at),
        attempts,
        DeliveryFailure(failure) if failure else None,
    )
