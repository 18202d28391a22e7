"""What the bot writes to members in private, as the pretend Discord keeps it."""

from tests.wire.judge import Json
from tests.wire.limits.places import DIRECT
from tests.wire.rest import Answer, route
from tests.wire.world import Channel, World, user

PRIVATE = 1
"""The type of the channel that a member is written to in."""


@route("POST", "/users/@me/channels")
def open_direct(world: World, body: Json, _query: Json) -> Answer:
    """Return where a member is written to; Discord says only at the first message that they take none."""
    world.judge(DIRECT, body)
    member = int(body["recipient_id"])
    found = direct(world, member)
    described = {"id": str(found.id), "type": PRIVATE, "last_message_id": None, "flags": 0}
    return 200, {**described, "recipients": [user(member, f"member {member}")]}


def direct(world: World, member: int) -> Channel:
    """Return the channel that a member is written to in, made when it is first asked for."""
    if member not in world.directs:
        made = Channel(world.number(), 0)
        world.channels[made.id] = made
        world.directs[member] = made.id
    return world.channels[world.directs[member]]
