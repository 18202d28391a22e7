"""What is in a lane: deliveries in order, which of them wait, and who waits for one."""

import asyncio
from dataclasses import dataclass, field

import discord

from cogs.core.responses import Interaction
from story.errors import AdultStory, NotDelivered
from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind

SERVER_ERRORS, TOO_MANY = 500, 429
"""HTTP: the first status for the server's fault, and the one for too many requests."""
BY_CODE = {
    160005: DeliveryFailure.LOCKED,
    50083: DeliveryFailure.ARCHIVED,
    20016: DeliveryFailure.SLOW,  # slowmode
    20022: DeliveryFailure.SLOW,  # edits of announcements
    20028: DeliveryFailure.SLOW,  # everything written in the channel
    50008: DeliveryFailure.KIND,  # it takes no messages
    50024: DeliveryFailure.KIND,  # nor this one
}
"""What is wrong with a channel, by Discord's codes, whatever the status that comes with them."""
EDITS = {DeliveryKind.CARD, DeliveryKind.LOBBY_CARD, DeliveryKind.DATE_CARD}
"""Kinds of which only the last one of a subject matters."""


@dataclass(eq=False)
class Job:
    """A delivery in its lane. It is `fresh` if nobody has tried it, and `waiting` until it is tried again."""

    delivery: Delivery
    fresh: bool
    waiting: bool = False
    under_way: bool = False
    interaction: Interaction | None = None
    tried: asyncio.Future[int | DeliveryFailure | None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    """Done after the next try, with its message, if it was posted, or with why it is not shown."""

    @property
    def blocks(self) -> bool:
        """Whether later ones of its lane wait for it, as later posts and events must not come first."""
        return self.waiting and (self.delivery.kind.is_post or self.delivery.kind is DeliveryKind.EVENT)


def next_of(jobs: dict[int, Job]) -> Job | None:
    """Return the next delivery of a lane: the first that is not waiting, unless an earlier one blocks it."""
    for job in jobs.values():
        if job.blocks:
            return None
        if not job.waiting:
            return job
    return None


async def message_of(job: Job) -> int:
    """Return the message of a job once it has been tried, 0 if it posts none.

    Raises:
        NotDelivered: Discord did not take it for now.
    """
    tried = await job.tried
    if isinstance(tried, DeliveryFailure):
        raise NotDelivered(job.delivery.channel, tried)
    return tried or 0


def is_held(jobs: dict[int, Job]) -> bool:
    """Whether anything of a lane is on hold because Discord refused it."""
    return any(job.waiting and job.delivery.failure and job.delivery.failure.holds for job in jobs.values())


def fail(job: Job, failure: DeliveryFailure) -> None:
    """Tell whoever waits for a job that it is not shown for now; it stops being anybody's answer."""
    if not job.tried.done():
        job.tried.set_result(failure)
    job.interaction = None


def answers(interaction: Interaction, delivery: Delivery) -> bool:
    """Whether a delivery can answer an interaction: it appears where that came from."""
    if delivery.channel != interaction.channel_id:
        return False
    own_card = interaction.message is not None and delivery.target == interaction.message.id
    return delivery.kind.is_post if delivery.kind not in EDITS else own_card


def is_superseded(job: Job, jobs: dict[int, Job]) -> bool:
    """Whether a later job shows the same card, so that this one need not."""
    delivery = job.delivery
    if delivery.kind not in EDITS or job.interaction:
        return False
    return any(
        later.delivery.id > delivery.id
        and (later.delivery.kind, later.delivery.subject) == (delivery.kind, delivery.subject)
        for later in jobs.values()
    )


def failure_of(error: Exception) -> DeliveryFailure:  # noqa: PLR0911 - a table
    """Say why Discord has not taken something."""
    match error:
        case AdultStory():
            return DeliveryFailure.AGE
        case discord.RateLimited():
            return DeliveryFailure.SLOW
        case discord.HTTPException(code=code) if code in BY_CODE:
            return BY_CODE[code]
        case discord.Forbidden():
            return DeliveryFailure.FORBIDDEN
        case discord.NotFound():
            return DeliveryFailure.GONE
        case discord.HTTPException(status=status) if status < SERVER_ERRORS and status != TOO_MANY:
            return DeliveryFailure.REFUSED
        case _:
            return DeliveryFailure.UNREACHABLE
