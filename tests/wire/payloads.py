"""The events that Discord sends: a server as it comes up, a channel that changes, what a member does."""

from tests.wire.judge import Json
from tests.wire.world import ALL, BOT, NEEDS, Channel, Interaction, World, user

MANAGE_MESSAGES, MANAGE_SERVER = 1 << 13, 1 << 5
PERMITTED = ALL & ~MANAGE_MESSAGES & ~(1 << 3) & ~MANAGE_SERVER
"""What a member may do: everything but managing."""


def guild_create(world: World, guild: int) -> Json:
    """Describe a server, its channels and roles."""
    size = world.size
    return {
        "id": str(guild),
        "name": f"Server {guild >> 22}",
        "owner_id": str(guild + 1),
        "member_count": 50,
        "joined_at": "2026-01-01T00:00:00+00:00",
        "unavailable": False,
        "large": False,
        "features": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
        "roles": [role(guild + number, number) for number in range(size.roles)],
        "channels": [
            channel_of(world.channels.get(number) or Channel(number, guild))
            for number in range(guild + 1, guild + 1 + size.channels)
            if number not in world.channels or not world.channels[number].deleted
        ],
        "threads": [channel_of(thread) for thread in world.threads(guild)],
        "guild_scheduled_events": world.events_of(guild),
        "members": [{**member(BOT, "storyteller"), "user": user(BOT, "storyteller", bot=True)}],
        **{
            key: []
            for key in (
                "emojis",
                "stickers",
                "stage_instances",
                "voice_states",
                "presences",
                "soundboard_sounds",
            )
        },
    }


def role(number: int, position: int) -> Json:
    """Describe a role; the one with the server's number is everybody's."""
    return {
        "id": str(number),
        "name": "@everyone" if position == 0 else f"role {position}",
        "permissions": str(PERMITTED),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_of(channel: Channel) -> Json:
    """Describe a channel."""
    deny = sum(NEEDS[need] for need in channel.denied)
    overwrites = [{"id": str(BOT), "type": 1, "allow": "0", "deny": str(deny)}] if deny else []
    return {
        "id": str(channel.id),
        "guild_id": str(channel.guild),
        "type": 11 if channel.parent else 0,
        "name": channel.name or f"story-{channel.id - channel.guild}",
        "position": 0 if channel.parent else channel.id - channel.guild,
        "permission_overwrites": overwrites,
        "topic": None,
        "nsfw": channel.restricted,
        "parent_id": str(channel.parent) if channel.parent else None,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
        **(_thread(channel) if channel.parent else {}),
    }


def _thread(channel: Channel) -> Json:
    since = "2026-01-01T00:00:00+00:00"
    state = {"archived": channel.archived, "auto_archive_duration": 1440, "archive_timestamp": since, "locked": False}
    return {"owner_id": str(BOT), "thread_metadata": state, "message_count": 0, "member_count": 1}


def member(number: int, name: str, *, manages: bool = False) -> Json:
    """Describe a member."""
    return {
        "user": user(number, name),
        "nick": None,
        "avatar": None,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "permissions": str(PERMITTED | (MANAGE_MESSAGES | MANAGE_SERVER if manages else 0)),
    }


def interaction_create(interaction: Interaction, channel: Channel, by: Json, data: Json, on: Json | None) -> Json:
    """Describe what a member does."""
    app = ALL & ~sum(NEEDS[need] for need in channel.denied)
    made = {
        "id": str(interaction.id),
        "application_id": str(BOT),
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "attachment_size_limit": 10_485_760,
        "guild_id": str(channel.guild),
        "guild": {"id": str(channel.guild), "locale": "en-US", "features": []},
        "channel_id": str(channel.id),
        "channel": {**channel_of(channel), "permissions": by["permissions"]},
        "member": by,
        "data": data,
        "context": 0,
        "authorizing_integration_owners": {"0": str(channel.guild)},
        "app_permissions": str(app),
        "locale": interaction.locale,
        "guild_locale": "en-US",
        "entitlements": [],
    }
    return {**made, "message": on} if on else made
