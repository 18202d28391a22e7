"""Texts for what can't be done: what is wrong, and what to do about it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from cogs.ui.texts.facts import plain
from cogs.ui.texts.pieces import bold, button, channel, choices, listed, permission, quoted, relative, role, who
from cogs.ui.texts.speech import known, t
from story import errors
from story.rules.delivery import DeliveryFailure

TO_POST = ("view_channel", "send_messages", "read_message_history")
"""The permissions the bot needs in a channel."""
SHOWN: dict[str, Callable[[Any], Any]] = {
    "asked": quoted,
    "channel": channel,
    "chooser": who,
    "elsewhere": lambda channels: listed([channel(each) for each in channels]),
    "host": who,
    "names": choices,
    "rating": quoted,
    "role": role,
    "started_by": who,
    "title": lambda title: bold(plain(title)),
    "when": relative,
}
"""How to show a refusal's facts, by their names."""
PLACEHOLDERS = {"chooser": "who", "host": "who", "started_by": "who", "elsewhere": "channels", "most": "n"}
"""What a message calls them, if by another name."""


def refusal(error: errors.Refusal) -> str:
    """Put a refusal into words: what is wrong, and what to do about it."""
    key = f"refusal.{_kind(error)}"
    if not known(key):
        return t("refusal.other")
    shown: dict[str, Any] = {
        "permission": permission("manage_messages"),
        "button": button("button.next"),
        "setting": bold(t("discord.age_restricted")),
    }
    for name, value in vars(error).items():
        shown[PLACEHOLDERS.get(name, name)] = SHOWN[name](value) if name in SHOWN else value
    if isinstance(error, errors.NotDelivered):
        shown["why"] = why_held(DeliveryFailure(error.failure))
    return t(key, **shown)


def _kind(error: errors.Refusal) -> str:  # noqa: PLR0911 - a table
    """Return a refusal's message id: its class, and its case if there are several."""
    match error:
        case errors.NoReading(elsewhere=channels) if channels:
            return "no_reading.elsewhere"
        case errors.PageTurned(message=None):
            return "page_turned.here"
        case errors.TooBusy(yours=True):
            return "too_busy.yours"
        case errors.UnreadableTime(lacks_time=True):
            return "unreadable_time.day"
        case errors.NotInSession(yourself=True):
            return "not_in_session.you"
        case errors.AdultStory(private=True):
            return "adult_story.private"
        case errors.NotYourChoice(chosen=True):
            return "not_your_choice.chosen"
        case _:
            return re.sub("(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def unexpected(error_id: str) -> str:
    """Apologise for an error that nobody foresaw."""
    return t("error.unexpected", code=f"`{error_id}`")


def forbidden() -> str:
    """Say that the bot may not post any more."""
    return t("error.forbidden", permissions=_permissions(TO_POST))


def why_held(failure: DeliveryFailure) -> str:  # noqa: PLR0911 - a table
    """Say why Discord does not show something, and what to do about it."""
    match failure:
        case DeliveryFailure.FORBIDDEN:
            return forbidden()
        case DeliveryFailure.UNREACHABLE:
            return t("error.unreachable")
        case DeliveryFailure.GONE:
            return t("held.gone")
        case DeliveryFailure.AGE:
            return t("held.age", setting=bold(t("discord.age_restricted")))
        case DeliveryFailure.LOCKED:
            return locked()
        case DeliveryFailure.ARCHIVED:
            return t("held.archived")
        case DeliveryFailure.KIND:
            return t("held.kind")
        case DeliveryFailure.SLOW:
            return slow()
        case DeliveryFailure.REFUSED:
            return t("held.refused")


def slow() -> str:
    """Say that a channel takes nothing more for a while, and what to do about it."""
    return t("held.slow", permission=permission("bypass_slowmode"))


def locked() -> str:
    """Say that a thread is locked, and what to do about it."""
    return t("held.locked", permission=permission("manage_threads"))


def not_there(number: int, failure: DeliveryFailure) -> str:
    """Say that nothing can be read in a channel that was chosen, and why."""
    return t("error.not_there", channel=channel(number), why=why_held(failure))


def missing_permissions(number: int, names: Iterable[str]) -> str:
    """Say which permissions the bot lacks in a channel, and that it needs them first."""
    return t("error.missing_permissions", channel=channel(number), permissions=_permissions(names))


def may_not_ping(number: int, *, by_you: bool) -> str:
    """Say that a member, or the bot, may not ping a role, and what to do about it."""
    key = "error.ping.yours" if by_you else "error.ping.mine"
    return t(key, role=role(number), permission=permission("mention_everyone"))


def needs_manage_server() -> str:
    """Say which permission a member lacks."""
    return t("error.manage_server", permission=permission("manage_server"))


def _permissions(names: Iterable[str]) -> str:
    return listed([permission(name) for name in names])
