"""Texts about settings: their names, values and effects."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from cogs.ui.texts.catalogue import CATALOGUES, name_of
from cogs.ui.texts.pieces import bold, button, channel, duration, fact, heading, permission, role, small
from cogs.ui.texts.speech import known, t
from story.rules.settings import SETTINGS, Kind, Settings, Turner
from story.services.library import Title
from story.times.offsets import zone_name

MOST_LABEL = 100
"""The most characters of a select's option."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a setting: its label, and its effect."""

    value: str
    label: str
    effect: str


def options(name: str, stories: Iterable[Title]) -> list[Option]:
    """Return the options of a setting; none if it is typed in, or a channel."""
    setting = SETTINGS[name]
    match setting.kind:
        case Kind.SECONDS:
            lengths = [(each, duration(int(each))) for each in setting.values]
            return [Option(each, said, t(f"effect.{name}", duration=said)) for each, said in lengths]
        case Kind.NUMBER:
            return [_number(name, each) for each in setting.values]
        case Kind.STORY:
            return [Option(each.id, each.title[:MOST_LABEL], t(f"effect.{name}", title=each.title)) for each in stories]
        case Kind.LANGUAGE:
            named = [(tag, name_of(tag)) for tag in CATALOGUES]
            return [Option(tag, language, t(f"effect.{name}", language=language)) for tag, language in named]
        case _:
            return [_named(name, value) for value in setting.values]


def _number(name: str, value: str) -> Option:
    if value == "0":
        return Option(value, t(f"value.{name}.none"), t(f"effect.{name}.none"))
    return Option(value, t(f"value.{name}", n=int(value)), t(f"effect.{name}", n=int(value)))


def _named(name: str, value: str) -> Option:
    effect = t(f"effect.{name}.{value}", button=button("button.next"))
    return Option(value, t(f"value.{name}.{value}"), effect)


def _chosen(settings: Settings, name: str, stories: Iterable[Title]) -> Option:
    """Return the option that a setting has; a value that is no option gets one of its own."""
    value = getattr(settings, name)
    wanted = str(value).lower() if isinstance(value, bool) else str(value)
    return next((each for each in options(name, stories) if each.value == wanted), Option(wanted, wanted, ""))


def setting_value(settings: Settings, name: str, stories: Iterable[Title]) -> str:
    """Say what value a setting has."""
    value = getattr(settings, name)
    match name:
        case "turner" if value is Turner.ROLE:
            return t("value.turner.role", role=role(settings.role))
        case "voters":
            return t("value.voters.role", role=role(value)) if value else t("value.voters.none")
        case "home" | "log":
            return channel(value) if value else t(f"value.{name}.none")
        case "zone":
            return zone_name(value)
        case "seconds":
            return duration(value)
        case _:
            return _chosen(settings, name, stories).label


def setting_effect(settings: Settings, name: str, stories: Iterable[Title]) -> str:
    """Say what effect a setting's value has."""
    value = getattr(settings, name)
    match name:
        case "turner" if value is Turner.ROLE:
            return t("effect.turner.role", role=role(settings.role), button=button("button.next"))
        case "voters":
            return t("effect.voters", role=role(value)) if value else t("effect.voters.none")
        case "home" | "log":
            return t(f"effect.{name}", channel=channel(value)) if value else t(f"effect.{name}.none")
        case "zone":
            return t("effect.zone", zone=zone_name(value))
        case _:
            return _chosen(settings, name, stories).effect


def settings_panel(
    settings: Settings, names: Iterable[str], own: Container[str], *, of_reading: bool, stories: Sequence[Title]
) -> str:
    """List settings in groups, with a mark on those that were changed."""
    lines = [heading(t("settings.heading.reading" if of_reading else "settings.heading"))]
    for group, found in groupby(names, key=lambda name: SETTINGS[name].group):
        lines.append(bold(t(f"settings.group.{group}")))
        lines += [f"- {_line(settings, name, own, of_reading=of_reading, stories=stories)}" for name in found]
    return "\n".join([*lines, *([small(t("settings.follows"))] if of_reading else [])])


def _line(settings: Settings, name: str, own: Container[str], *, of_reading: bool, stories: Sequence[Title]) -> str:
    value = setting_value(settings, name, stories)
    if name in own or (name == "turner" and "role" in own):
        value = t("settings.changed.reading" if of_reading else "settings.changed", value=value)
    return fact(t(f"setting.{name}"), value)


def setting_changed(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Confirm a change, and say what effect it has."""
    value = setting_value(settings, name, stories)
    return f"{fact(t(f'setting.{name}'), value)}\n{setting_effect(settings, name, stories)}"


def setting_page(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Describe one setting, and its values."""
    lines = [heading(t(f"setting.{name}")), fact(t("settings.now"), setting_value(settings, name, stories))]
    named = options(name, stories) if SETTINGS[name].kind is Kind.NAMED else []
    lines += [f"- {fact(each.label, each.effect)}" for each in named]
    hint = f"hint.{name}"
    return "\n".join([*lines, *([t(hint, button=button("button.next"))] if known(hint) else [])])


def threads_not_allowed() -> str:
    """Say what the bot needs for threads."""
    return t("settings.threads", permission=permission("create_public_threads"))


def at_home(number: int) -> str:
    """Say where the server reads."""
    return t("settings.at_home", channel=channel(number))
