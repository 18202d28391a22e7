"""Time zones as people write them after a time: "EST", "MEZ", "UTC+2"."""

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

ABBREVIATIONS = {
    "America/New_York": ("est", "edt", "et", "eastern"),
    "America/Chicago": ("cst", "cdt", "ct", "central"),
    "America/Denver": ("mst", "mdt", "mt", "mountain"),
    "America/Los_Angeles": ("pst", "pdt", "pt", "pacific"),
    "America/Anchorage": ("akst", "akdt"),
    "Pacific/Honolulu": ("hst",),
    "America/Halifax": ("ast", "adt"),
    "America/St_Johns": ("nst", "ndt"),
    "America/Sao_Paulo": ("brt", "brst"),
    "Europe/London": ("bst",),
    "Europe/Lisbon": ("wet", "west", "wez", "wesz"),
    "Europe/Berlin": ("cet", "cest", "mez", "mesz", "met", "mest"),
    "Europe/Athens": ("eet", "eest", "oez", "oesz"),
    "Europe/Moscow": ("msk",),
    "Europe/Istanbul": ("trt",),
    "Africa/Johannesburg": ("sast",),
    "Asia/Karachi": ("pkt",),
    "Asia/Kolkata": ("ist",),
    "Asia/Jakarta": ("wib",),
    "Asia/Singapore": ("sgt",),
    "Asia/Hong_Kong": ("hkt",),
    "Asia/Manila": ("pht",),
    "Australia/Perth": ("awst",),
    "Asia/Tokyo": ("jst",),
    "Asia/Seoul": ("kst",),
    "Australia/Adelaide": ("acst", "acdt"),
    "Australia/Sydney": ("aest", "aedt"),
    "Pacific/Auckland": ("nzst", "nzdt"),
    "UTC": ("utc", "gmt"),
}
"""The zones that abbreviations stand for. Whoever writes "EST" in July means New York's clocks, whatever they show."""
HALF_HOURS = {
    "-9:30": "Pacific/Marquesas",
    "+3:30": "Asia/Tehran",
    "+4:30": "Asia/Kabul",
    "+5:30": "Asia/Kolkata",
    "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon",
    "+8:45": "Australia/Eucla",
    "+9:30": "Australia/Darwin",
}
"""Zones at these offsets all year; by name, the database has only whole hours."""
FURTHEST = {"-": 12, "+": 14}
"""The furthest that clocks are from UTC, in hours."""

NAMES = {name: zone for zone, names in ABBREVIATIONS.items() for name in names}
OFFSET = r"(?:utc|gmt) ?(?P<sign>[+\-−]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?"


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


LONG = rf"(?:{OFFSET}|(?P<name>{_any(name for name in NAMES if len(name) > len('et'))})(?: time)?)"
SHORT = rf"(?P<short>{_any(name for name in NAMES if len(name) == len('et'))})"
BEHIND_CLOCK = r"(?:(?<=\d)|(?<=\d[ap]m)|(?<=\d [ap]m)|(?<=[ap]\.m\.)|(?<=uhr)|(?<=\dh)|(?<=noon)|(?<=midnight))"
ENDS = r"(?=$|[\s,])"
IN_TEXT = (
    re.compile(rf"{BEHIND_CLOCK} ?\(?{LONG}\)?{ENDS}", re.IGNORECASE),
    re.compile(rf" \(?{LONG}\)?$", re.IGNORECASE),
    # A short one is also a word, such as "et" in French and "pt" in Polish, but not after an English clock.
    re.compile(rf"(?:(?<=[ap]m)|(?<=[ap]\.m\.)) ?\(?{SHORT}\)?{ENDS}", re.IGNORECASE),
)
ALONE = re.compile(rf"{LONG}|{SHORT}", re.IGNORECASE)


def split_zone(text: str) -> tuple[str, ZoneInfo | None]:
    """Return a text without the zone it names after a time, and that zone, or None if it names none."""
    words = " ".join(text.split())
    for pattern in IN_TEXT:
        if (found := pattern.search(words)) and (zone := _zone(found)):
            return f"{words[: found.start()]} {words[found.end() :]}".strip(), ZoneInfo(zone)
    return text, None


def abbreviated(text: str) -> str | None:
    """Return the name of the zone that an abbreviation or an offset stands for, or None."""
    found = ALONE.fullmatch(" ".join(text.split()))
    return _zone(found) if found else None


def zone_name(key: str) -> str:
    """Return a zone's name for people: the database calls UTC+2 "Etc/GMT-2"."""
    found = re.fullmatch(r"Etc/GMT([+-])(\d+)", key)
    return f"UTC{'-' if found[1] == '+' else '+'}{found[2]}" if found else key


def _zone(found: re.Match[str]) -> str | None:
    said = found.groupdict()
    if name := said.get("name") or said.get("short"):
        return NAMES[name.lower()]
    sign, hours, minutes = ("+" if said["sign"] == "+" else "-"), int(said["hours"]), int(said["minutes"] or 0)
    if minutes:
        return HALF_HOURS.get(f"{sign}{hours}:{minutes:02}")
    if hours > FURTHEST[sign]:
        return None
    # The database counts them the other way round.
    return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
