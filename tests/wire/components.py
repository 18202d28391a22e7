"""The components of a message or a modal: all of them, one after the other, and their ids."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def walk(components: list[Json]) -> Iterator[Json]:
    """Yield components and whatever is in them, in the order in which they are shown."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk([component[key] for key in ("accessory", "component") if component.get(key)])


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
