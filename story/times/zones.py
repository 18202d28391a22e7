"""Time zones, by the names and cities people know."""

import unicodedata
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from story.errors import UnknownZone
from story.times.offsets import NAMES, abbreviated

REGIONS = {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
"""The areas of the time zone database whose zones are named after a city."""
NOT_ZONES = {"Factory", "localtime"}
"""What the database has that is no zone, such as the clock of this machine."""
USUAL = (
    *("UTC", "Europe/London", "Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Europe/Warsaw"),
    *("Europe/Helsinki", "Europe/Athens", "Europe/Istanbul", "America/New_York", "America/Chicago", "America/Denver"),
    *("America/Los_Angeles", "America/Toronto", "America/Mexico_City", "America/Sao_Paulo", "Asia/Kolkata"),
    *("Asia/Manila", "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland"),
)
"""The zones offered before the others, in this order."""
MORE_CITIES = {
    "Africa/Johannesburg": ("cape town", "pretoria"),
    "America/Chicago": ("austin", "dallas", "houston", "minneapolis", "new orleans"),
    "America/Los_Angeles": ("las vegas", "portland", "san diego", "san francisco", "seattle"),
    "America/Mexico_City": ("cidade do mexico", "ciudad de mexico"),
    "America/New_York": (
        *("atlanta", "boston", "miami", "nowy jork", "nueva york", "nyc", "philadelphia", "washington"),
        *("washington dc",),
    ),
    "America/Sao_Paulo": ("brasilia", "rio de janeiro"),
    "America/Toronto": ("montreal", "ottawa", "quebec"),
    "Asia/Kolkata": ("bangalore", "bengaluru", "chennai", "delhi", "mumbai", "new delhi"),
    "Asia/Shanghai": ("beijing", "shenzhen"),
    "Asia/Tokyo": ("kyoto", "osaka"),
    "Australia/Sydney": ("canberra",),
    "Europe/Athens": ("athen", "atenas", "ateny", "athenes"),
    "Europe/Berlin": ("berlim", "cologne", "frankfurt", "hamburg", "koln", "munchen", "munich"),
    "Europe/Brussels": ("brussel", "bruselas", "bruxelles"),
    "Europe/Lisbon": ("lisboa", "lissabon"),
    "Europe/Istanbul": ("ankara",),
    "Europe/London": ("birmingham", "cardiff", "edinburgh", "glasgow", "londres", "londyn", "manchester"),
    "Europe/Madrid": ("barcelona",),
    "Europe/Paris": ("lyon", "marseille", "paryz"),
    "Europe/Rome": ("milan", "naples", "rom", "roma", "rzym"),
    "Europe/Vienna": ("vienne", "viena", "wien", "wieden"),
    "Europe/Warsaw": ("krakow", "varsovia", "varsovie", "warschau", "warszawa"),
    "Europe/Zurich": ("bern", "geneva", "geneve", "genf"),
    "Pacific/Auckland": ("wellington",),
}
"""Large cities without a zone of their own, and what others are called in other languages."""
WRITTEN_OTHERWISE = {ord("_"): " ", ord("-"): " ", ord("."): None, ord("'"): None, ord("’"): None}


def known_zone(text: str) -> ZoneInfo:
    """Return the time zone of a name or city, whatever its case: "Europe/Berlin", "new york", "EST", "UTC+2".

    Raises:
        UnknownZone: there is none.
    """
    # The database has an EST without summer time, which nobody means.
    name = abbreviated(text) or _zones().get(_plain(text)) or _cities().get(_plain(text))
    if name is None:
        raise UnknownZone(text)
    return ZoneInfo(name)


def zones_like(typed: str, limit: int) -> list[str]:
    """Return the names of at most `limit` zones that fit what was typed so far, likeliest first."""
    plain = _plain(typed)
    ranks: dict[str, int] = {}
    names = {known: name for known, name in NAMES.items() if known == plain}
    for known, name in (*names.items(), *_cities().items(), *((_plain(name), name) for name in _cities().values())):
        if plain in known:
            ranks[name] = min(ranks.get(name, 2), 0 if known == plain else 1 if known.startswith(plain) else 2)
    usual = {name: at for at, name in enumerate(USUAL)}
    return sorted(ranks, key=lambda name: (ranks[name], usual.get(name, len(usual)), name))[:limit]


@cache
def _zones() -> dict[str, str]:
    """Return all zones by their plain names."""
    return {_plain(name): name for name in sorted(available_timezones() - NOT_ZONES)}


@cache
def _cities() -> dict[str, str]:
    """Return the zones named after a city, by the city's plain name, and UTC."""
    cities = {"utc": "UTC"}
    for name in _zones().values():
        region, _, city = name.partition("/")
        if region in REGIONS:
            # in order, so "America/Argentina/Buenos_Aires" comes before its old name, which is the same zone
            cities.setdefault(_plain(city.rpartition("/")[2]), name)
    more = {city: name for name, those in MORE_CITIES.items() for city in those}
    return more | cities


def _plain(text: str) -> str:
    """Return a name without case, accents, and whatever joins its words."""
    letters = (each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join("".join(letters).casefold().translate(WRITTEN_OTHERWISE).split())
