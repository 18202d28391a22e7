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
