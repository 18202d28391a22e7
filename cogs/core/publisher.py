"""Carries deliveries out: in order within a lane, lanes side by side, and none of them waits for an answer.

A commit that writes deliveries hands them over here. A handler with an interaction makes what it causes the answer
(`answering`); if Discord does not take the answer, the lane posts it as a message.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, replace

import discord

from cogs.core.cards import Cards
from cogs.core.deliverers import Deliverers
from cogs.core.edit_queue import EditQueue
from cogs.core.lanes import Job, answers, fail, failure_of, is_held, is_superseded, message_of, next_of
from cogs.core.locale import Locales
from cogs.core.rate import Rate
from cogs.core.responses import NOT_DONE, Interaction, defer, whisper
from cogs.core.way import Way
from cogs.ui import texts
from story.errors import AdultStory, NotKeptError
from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind, Lane, Track
from story.rules.page import Page
from story.rules.shards import Shards
from story.services.container import Services
from story.store import Commit

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""How many seconds a try may take; without an answer by then, it may or may not have worked."""
ANSWER_WITHIN = 2.0
"""After how many seconds a member is told that it takes longer; Discord gives up after 3."""
RATE = 45
"""How many requests a second: Discord allows 50, without answers to interactions."""
DIRECTS = 3
"""How many members a second get a private message: to Discord, many at once are spam."""
LAST_ATTEMPTS = 3.0
"""How many seconds attempts under way have when their servers go over to another process."""
STORE_PAUSE = 5.0
"""How many seconds a lane waits after the database could not save something."""
BETWEEN_WAKES = 10.0
"""How many seconds lie between two tries of a lane on hold because roles or channels changed."""
UNKNOWN_CHANNEL = 10003
"""Discord's code for a channel that is not there."""


@dataclass
class Answer:
    """An interaction that is answered by what its handler causes; `job` is that, once it is known."""

    interaction: Interaction
    job: Job | None = None


_answer: ContextVar[Answer | None] = ContextVar("_answer", default=None)


class Publisher:
    """Shows on Discord what was committed."""

    def __init__(
        self,
        client: discord.Client,
        services: Services,
        locales: Locales,
        until_heard: Callable[[int], Awaitable[None]],
    ) -> None:
        """Show things; `until_heard` waits until Discord has told of a server."""
        self._client = client
        self._until_heard = until_heard
        self._services = services
        self._deliveries = services.deliveries
        self._queries = services.queries
        self._locales = locales
        self._deliverers = Deliverers(services)
        self._edits = EditQueue()
        self._limiter = Rate(RATE, self._processes)
        self._directs = Rate(DIRECTS, self._processes)
        self.cards = Cards(client, services.queries, locales, self._edits, self._limiter)
        self._lanes: dict[Lane, dict[int, Job]] = {}
        self._running: dict[Lane, asyncio.Task[None]] = {}
        self._woken: dict[int, asyncio.TimerHandle] = {}
        self._taking_up: set[asyncio.Task[None]] = set()
        services.store.subscribe(self._committed)

    def _processes(self) -> int:
        return self._services.store.processes

    async def start(self) -> None:
        """Resume what was committed earlier and may not be shown yet, before anything else comes in."""
        await self._take_up()

    async def _take_up(self) -> None:
        """Take up what is committed and not shown, and not yet known here."""
        before = self._known()
        pending = await self._deliveries.pending()
        known = before | self._known()
        is_ours = self._services.store.is_ours
        for delivery in pending:
            if delivery.id not in known and is_ours(delivery.guild):
                self._enqueue(Job(delivery, fresh=False))
        for lane in list(self._lanes):
            self._run(lane)

    def _known(self) -> set[int]:
        return {number for jobs in self._lanes.values() for number in jobs}

    async def _take_up_later(self) -> None:
        while True:
            try:
                return await self._take_up()
            except NotKeptError as error:
                self._services.store.outage.begin(error)
                await asyncio.sleep(STORE_PAUSE)

    async def close(self) -> None:
        """Stop; the rest is shown after the next start."""
        for task in (*self._running.values(), *self._taking_up):
            task.cancel()
        for handle in self._woken.values():
            handle.cancel()

    # ---- answers

    @asynccontextmanager
    async def answering(self, interaction: Interaction) -> AsyncIterator[Answer]:
        """Answer an interaction with the first thing that the task causes to appear where it came from.

        Raises:
            NotDelivered: Discord does not show it for now; it stays committed and is tried again.
        """
        answer = Answer(interaction)
        token = _answer.set(answer)
        try:
            yield answer
        finally:
            _answer.reset(token)
        if answer.job:
            await self._answered(interaction, answer.job)

    async def resume(self, answer: Answer, page: Page) -> None:
        """Post a page that is committed and not posted yet as the answer, before anything else."""
        reading = page.reading
        lane = Delivery(DeliveryKind.SECTION, reading.guild, reading.channel, reading.id).lane
        waiting = [job for job in self._lanes.get(lane, {}).values() if job.delivery.kind.is_post]
        if waiting:
            job = waiting[0]
            if job.under_way:
                answer.job = job
            else:
                self._attach(answer, job)
            self._wake(lane)

    async def section(self, page: Page) -> int:
        """Wait until a page that has just been committed is posted; return its message.

        Raises:
            NotDelivered: Discord did not take it for now.
        """
        for jobs in self._lanes.values():
            for job in jobs.values():
                delivery = job.delivery
                here = (delivery.kind, delivery.subject, delivery.n)
                if here == (DeliveryKind.SECTION, page.reading.id, page.step.n):
                    return await message_of(job)
        return await self._queries.message_of(page) or 0

    async def _answered(self, interaction: Interaction, job: Job) -> None:
        done, _ = await asyncio.wait({job.tried}, timeout=ANSWER_WITHIN)
        if not done:
            await defer(interaction)
        message = await message_of(job)
        late = interaction.response.type is discord.InteractionResponseType.deferred_channel_message
        # A card that somebody else had posted when its turn came is no answer, either.
        unanswered = late or (job.delivery.kind is DeliveryKind.LOBBY and not interaction.response.is_done())
        if unanswered and message and interaction.channel_id == job.delivery.channel:
            await whisper(interaction, texts.posted_late(job.delivery.guild, job.delivery.channel, message))
        elif not message and (late or not interaction.response.is_done()):
            await whisper(interaction, texts.t("answer.overtaken"))

    # ---- what wakes lanes

    def wake_held(self, guild: int) -> None:
        """Try again what is on hold in a server, as a role, a channel or the bot's own member has changed there.

        Of many changes in a row, the first and the last count.
        """
        if guild in self._woken or not self._held_in(guild):
            return
        self._woken[guild] = asyncio.get_running_loop().call_later(BETWEEN_WAKES, self._wake_last, guild)
        for lane in self._held_in(guild):
            self._wake(lane)

    def _wake_last(self, guild: int) -> None:
        del self._woken[guild]
        for lane in self._held_in(guild):
            self._wake(lane)

    def _held_in(self, guild: int) -> list[Lane]:
        return [lane for lane, jobs in self._lanes.items() if lane.guild == guild and is_held(jobs)]

    def forget_channel(self, channel: int) -> None:
        """Drop what should be shown in a deleted channel, except Discord's events, which are elsewhere."""
        gone = [lane for lane in self._lanes if lane.channel == channel and lane.track is not Track.EVENTS]
        for lane in gone:
            for job in self._lanes.pop(lane).values():
                fail(job, DeliveryFailure.GONE)

    async def give_up(self, shards: Shards) -> None:
        """Leave what waits in the servers of some shards to another process, once what is under way there has ended."""
        lanes = [lane for lane in self._lanes if shards.have(lane.guild)]
        for lane in lanes:
            jobs = self._lanes[lane]
            for job in [job for job in jobs.values() if not job.under_way]:
                del jobs[job.delivery.id]
                fail(job, DeliveryFailure.UNREACHABLE)
        if running := [self._running[lane] for lane in lanes if lane in self._running]:
            await asyncio.wait(running, timeout=LAST_ATTEMPTS)
        for lane in lanes:
            self._lanes.pop(lane, None)
            if task := self._running.get(lane):
                task.cancel()

    def _committed(self, commit: Commit) -> None:
        if commit.again:
            task = asyncio.create_task(self._take_up_later())
            self._taking_up.add(task)
            task.add_done_callback(self._taking_up.discard)
        answer = _answer.get()
        is_ours = self._services.store.is_ours
        jobs = [Job(delivery, fresh=True) for delivery in commit.deliveries if is_ours(delivery.guild)]
        for job in jobs:
            self._enqueue(job)
        if answer and answer.job is None:
            self._attach(answer, next((job for job in jobs if answers(answer.interaction, job.delivery)), None))
        for lane in dict.fromkeys(job.delivery.lane for job in jobs):
            self._wake(lane) if answer else self._run(lane)
        for number in commit.retried:
            found = next((lane for lane, queued in self._lanes.items() if number in queued), None)
            if found:
                self._lanes[found][number].waiting = False
                self._run(found)

    def _enqueue(self, job: Job) -> None:
        self._lanes.setdefault(job.delivery.lane, {})[job.delivery.id] = job

    def _attach(self, answer: Answer, job: Job | None) -> None:
        if job:
            answer.job, job.interaction = job, answer.interaction
            if job.tried.done():
                job.tried = asyncio.get_running_loop().create_future()

    def _wake(self, lane: Lane) -> None:
        for job in self._lanes.get(lane, {}).values():
            job.waiting = False
        self._run(lane)

    def _run(self, lane: Lane) -> None:
        if lane not in self._running and lane in self._lanes:
            # What a lane causes is nobody's answer.
            context = copy_context()
            context.run(_answer.set, None)
            self._running[lane] = asyncio.create_task(self._carry_out(lane), context=context)

    # ---- lanes

    async def _carry_out(self, lane: Lane) -> None:
        """Carry out what is in a lane until nothing is left, or the rest must wait."""
        try:
            if lane.track in {Track.THREADS, Track.EVENTS}:
                # Threads and events are a server's, and after a start Discord has not told of the servers yet.
                await self._until_heard(lane.guild)
            while job := next_of(self._lanes.get(lane, {})):
                await self._attempt(lane, job)
        finally:
            del self._running[lane]
            if not self._lanes.get(lane):
                self._lanes.pop(lane, None)

    async def _attempt(self, lane: Lane, job: Job) -> None:
        if is_superseded(job, self._lanes[lane]):
            await self._deliveries.done(job.delivery)
            self._finish(lane, job, None)
            return
        interaction, job.interaction = job.interaction, None
        # Of the events of one date, what an earlier delivery has tried may be there already.
        tried = lane.track is Track.EVENTS and any(each.waiting for each in self._lanes[lane].values())
        fresh = job.fresh and not tried
        way = Way(self._client, job.delivery, self._edits, self._limiter, fresh=fresh, interaction=interaction)
        if lane.track is Track.DIRECTS:
            await self._directs.acquire()
        job.fresh, job.under_way = False, True
        self._locales.speak_to(lane.guild)
        try:
            async with asyncio.timeout(PATIENCE):
                message = await self._deliverers.carry_out(way, job.delivery)
        except NotKeptError as error:
            self._services.store.outage.begin(error)
            await asyncio.sleep(STORE_PAUSE)
        except (*NOT_DONE, AdultStory) as error:
            await self._failed(lane, job, error)
        except Exception:
            log.exception("delivery %d could not be carried out", job.delivery.id)
            await self._hold(lane, job, DeliveryFailure.REFUSED)
        else:
            await self._deliveries.done(job.delivery)
            self._finish(lane, job, message)
        finally:
            job.under_way = False

    def _finish(self, lane: Lane, job: Job, message: int | None) -> None:
        self._lanes.get(lane, {}).pop(job.delivery.id, None)
        if not job.tried.done():
            job.tried.set_result(message)

    async def _failed(self, lane: Lane, job: Job, error: Exception) -> None:
        delivery = job.delivery
        log.warning("%s in channel %d: %s not shown: %r", lane.track, lane.channel, delivery.kind, error)
        if isinstance(error, discord.NotFound) and error.code == UNKNOWN_CHANNEL:
            await self._services.readings.lose_channel(lane.guild, lane.channel)
            self.forget_channel(lane.channel)
            return
        await self._hold(lane, job, failure_of(error))

    async def _hold(self, lane: Lane, job: Job, failure: DeliveryFailure) -> None:
        """Make a job wait for its next try, and tell whoever waits for it and for what it blocks."""
        delivery = job.delivery
        job.waiting = True
        try:
            await self._deliveries.failed(delivery, failure)
        except NotKeptError as error:
            self._services.store.outage.begin(error)
            job.waiting = False  # nothing would wake it
        job.delivery = replace(delivery, attempts=delivery.attempts + 1, failure=failure)
        fail(job, failure)
        if delivery.kind.is_post:
            for later in self._lanes.get(lane, {}).values():
                fail(later, failure)
        if not job.waiting:
            await asyncio.sleep(STORE_PAUSE)
