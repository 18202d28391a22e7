"""What is said of settings: what they are called, what they can be, and what is different then."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from cogs.ui.texts.catalogue import CATALOGUES
from cogs.ui.texts.pieces import button, channel, duration, fact, heading, permission, role, small
from cogs.ui.texts.speech import t
from story.rules.settings import Decide, Order, Settings, Turner
from story.services.library import Title

LENGTHS = (15, 30, 60, 120, 300, 600, 1800, 3600, 6 * 3600, 12 * 3600, 86_400, 3 * 86_400, 7 * 86_400)
"""Seconds that a ballot can be open for."""
QUORUMS = (0, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50)
"""Answers that a ballot can need."""
MOST_LABEL = 100
"""Characters of an option of a select."""
SETTINGS = (
    *("decide", "seconds", "quorum", "hidden", "early", "turner", "discuss"),
    *("order", "home", "story", "zone", "language", "quiet", "plain"),
)
"""The settings that can be chosen; the role is chosen with who turns the page."""
VALUES: dict[str, tuple[str, ...]] = {
    "decide": tuple(Decide),
    "hidden": ("false", "true"),
    "early": ("true", "false"),
    "turner": (Turner.EVERYONE, Turner.READERS, Turner.HOST),
    "discuss": ("false", "true"),
    "order": tuple(Order),
    "quiet": ("false", "true"),
    "plain": ("false", "true"),
}
"""What a setting can be, where that has names."""
HINTS = ("seconds", "quorum", "turner", "order", "home", "story", "zone", "language")
"""The settings that need a word more."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a setting can have: what it is called, and what is different with it."""

    value: str
    label: str
    effect: str


def setting_names() -> dict[str, str]:
    """Return what each setting that can be chosen is called."""
    return {name: t(f"setting.{name}") for name in SETTINGS}


def options(name: str, stories: Iterable[Title]) -> list[Option]:
    """Return what can be chosen for a setting; nothing where it is typed in, or a channel."""
    match name:
        case "seconds":
            return [Option(str(n), duration(n), t("effect.seconds", duration=duration(n))) for n in LENGTHS]
        case "quorum":
            return [_quorum(number) for number in QUORUMS]
        case "story":
            return [Option(each.id, each.title[:MOST_LABEL], t("effect.story", title=each.title)) for each in stories]
        case "language":
            return [
                Option(tag, each.name, t("effect.language", language=each.name)) for tag, each in CATALOGUES.items()
            ]
        case _:
            return [_named(name, value) for value in VALUES.get(name, ())]


def _quorum(number: int) -> Option:
    if number == 0:
        return Option("0", t("value.quorum.none"), t("effect.quorum.none"))
    return Option(str(number), t("value.quorum", n=number), t("effect.quorum", n=number))


def _named(name: str, value: str) -> Option:
    effect = t(f"effect.{name}.{value}", button=button("button.next"))
    return Option(value, t(f"value.{name}.{value}"), effect)


def _chosen(settings: Settings, name: str, stories: Iterable[Title]) -> Option:
    """Return which of its options a setting is set to; one that is not among them goes by its value."""
    value = getattr(settings, name)
    wanted = str(value).lower() if isinstance(value, bool) else str(value)
    return next((each for each in options(name, stories) if each.value == wanted), Option(wanted, wanted, ""))


def setting_value(settings: Settings, name: str, stories: Iterable[Title]) -> str:
    """Say what a setting is set to."""
    value = getattr(settings, name)
    match name:
        case "turner" if value is Turner.ROLE:
            return t("value.turner.role", role=role(settings.role))
        case "home":
            return channel(value) if value else t("value.home.none")
        case "zone":
            return str(value)
        case "seconds":
            return duration(value)
        case _:
            return _chosen(settings, name, stories).label


def setting_effect(settings: Settings, name: str, stories: Iterable[Title]) -> str:
    """Say what is different with what a setting is set to."""
    value = getattr(settings, name)
    match name:
        case "turner" if value is Turner.ROLE:
            return t("effect.turner.role", role=role(settings.role), button=button("button.next"))
        case "home":
            return t("effect.home", channel=channel(value)) if value else t("effect.home.none")
        case "zone":
            return t("effect.zone", zone=value)
        case _:
            return _chosen(settings, name, stories).effect


def settings_panel(
    settings: Settings, names: Iterable[str], own: Container[str], *, of_reading: bool, stories: Sequence[Title]
) -> str:
    """List settings, those that have been changed marked as such."""
    changed = "settings.changed.reading" if of_reading else "settings.changed"
    lines = [heading(t("settings.heading.reading" if of_reading else "settings.heading"))]
    for name in names:
        value = setting_value(settings, name, stories)
        lines.append(f"- {fact(t(f'setting.{name}'), t(changed, value=value) if name in own else value)}")
    return "\n".join([*lines, *([small(t("settings.follows"))] if of_reading else [])])


def setting_changed(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Confirm a change, and say what is different now."""
    value = setting_value(settings, name, stories)
    return f"{fact(t(f'setting.{name}'), value)}\n{setting_effect(settings, name, stories)}"


def setting_page(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Describe one setting, and what it can be."""
    lines = [heading(t(f"setting.{name}")), fact(t("settings.now"), setting_value(settings, name, stories))]
    named = options(name, stories) if name in VALUES else []
    lines += [f"- {fact(each.label, each.effect)}" for each in named]
    return "\n".join([*lines, *([t(f"hint.{name}", button=button("button.next"))] if name in HINTS else [])])


def threads_not_allowed() -> str:
    """Say what I need for threads."""
    return t("settings.threads", permission=permission("create_public_threads"))


def at_home(number: int) -> str:
    """Say where the server reads."""
    return t("settings.at_home", channel=channel(number))
