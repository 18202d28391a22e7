"""The limits of a message, as Discord holds them."""

from collections.abc import Iterator
from typing import Any

COMPONENTS = 40
TEXT = 4000
BYTES = 10_170
"""UTF-8 bytes over all text displays: undocumented, and found by trying."""
CUSTOM_ID = 100
LABEL = 80
ROW = 5
V2 = 1 << 15
ACTION_ROW, BUTTON, TEXT_DISPLAY = 1, 2, 10
LINK = 5

Json = dict[str, Any]


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield components and whatever is in them, in the order in which they are shown."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        if component.get("accessory"):
            yield component["accessory"]


def check_message(payload: Json) -> str | None:
    """Say what is over a limit in a message, or None."""
    found = list(walk(payload.get("components") or []))
    if not found:
        return None
    text = "".join(each.get("content") or "" for each in found if each["type"] == TEXT_DISPLAY)
    ids = [each["custom_id"] for each in found if each.get("custom_id")]
    checks = {
        "components without the flag for them": found[0]["type"] != ACTION_ROW
        and "flags" in payload
        and not (payload["flags"] or 0) & V2,
        "content beside components of the second kind": bool(payload.get("content")) and bool(text),
        f"more than {COMPONENTS} components": len(found) > COMPONENTS,
        f"more than {TEXT} characters of text": len(text) > TEXT,
        f"more than {BYTES} bytes of text": len(text.encode()) > BYTES,
        "an empty text": any(each["type"] == TEXT_DISPLAY and not each.get("content") for each in found),
        f"a custom_id over {CUSTOM_ID}": any(len(each) > CUSTOM_ID for each in ids),
        "one custom_id twice": len(ids) != len(set(ids)),
        "a button without custom_id": any(
            each["type"] == BUTTON and each.get("style") != LINK and not each.get("custom_id") for each in found
        ),
        f"a label over {LABEL}": any(len(each.get("label") or "") > LABEL for each in found),
        f"a row of none or more than {ROW}": any(
            each["type"] == ACTION_ROW and not 1 <= len(each["components"]) <= ROW for each in found
        ),
        "one id twice": len([i for each in found if (i := each.get("id"))])
        != len({i for each in found if (i := each.get("id"))}),
    }
    return next((wrong for wrong, holds in checks.items() if holds), None)


def number_components(components: list[Json]) -> list[Json]:
    """Give every component that has none an id of its own, as Discord does."""
    found = list(walk(components))
    taken = {each.get("id") for each in found}
    number = 0
    for each in found:
        if not each.get("id"):
            number += 1
            while number in taken:
                number += 1
            each["id"] = number
    return components


# ---- commands, choices and modals

COMMANDS, OPTIONS, CHOICES = 100, 25, 25
NAME, DESCRIPTION, CHOICE, COMMAND = 32, 100, 100, 8000
"""By Discord's page "Application Commands": lengths of names, descriptions and choices, and of a command in all."""
TITLE, LINES = 45, 5
"""By its page "Receiving and Responding": the title of a modal, and what it may ask."""
CHAT = 1


def check_commands(commands: list[Json]) -> str | None:
    """Say what is over a limit in the commands of an application, or None."""
    if sum(each.get("type", CHAT) == CHAT for each in commands) > COMMANDS:
        return f"more than {COMMANDS} commands"
    return next((wrong for each in commands if (wrong := _check_command(each))), None)


def _check_command(command: Json) -> str | None:
    parts = list(_parts(command))
    texts = [part.get(key) or "" for part in parts for key in ("name", "description")]
    checks = {
        "a name that is empty or too long": not all(1 <= len(each["name"]) <= NAME for each in parts),
        "a name in capitals": any(each["name"] != each["name"].lower() for each in parts if "description" in each),
        "a description that is empty or too long": any(
            not 1 <= len(each["description"]) <= DESCRIPTION for each in parts if each.get("type", CHAT) == CHAT
        )
        and command.get("type", CHAT) == CHAT,
        f"more than {OPTIONS} options": any(len(each.get("options") or []) > OPTIONS for each in parts),
        f"more than {COMMAND} characters in a command": sum(map(len, texts)) > COMMAND,
    }
    choices = next((wrong for each in parts if (wrong := check_choices(each.get("choices") or []))), None)
    return choices or next((wrong for wrong, holds in checks.items() if holds), None)


def _parts(command: Json) -> Iterator[Json]:
    yield command
    for option in command.get("options") or []:
        yield from _parts(option)


def check_choices(choices: list[Json]) -> str | None:
    """Say what is over a limit in choices that are offered, or None."""
    if len(choices) > CHOICES:
        return f"more than {CHOICES} choices"
    fits = all(1 <= len(each["name"]) <= CHOICE and len(str(each["value"])) <= CHOICE for each in choices)
    return None if fits else "a choice that is empty or too long"


def check_modal(modal: Json) -> str | None:
    """Say what is over a limit in a modal, or None."""
    if not 1 <= len(modal["title"]) <= TITLE:
        return "a title that is empty or too long"
    if not 1 <= len(modal["custom_id"]) <= CUSTOM_ID:
        return f"a custom_id over {CUSTOM_ID}"
    return None if 1 <= len(modal["components"]) <= LINES else f"none or more than {LINES} questions"
