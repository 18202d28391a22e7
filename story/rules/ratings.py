"""Which ratings say that a story is for adults only."""

import re
import unicodedata

FOR_ADULTS = {
    "archives of fan fiction": ("Explicit", "NC-17", "MA", "Adult", "Adults only", "X", "XXX", "NSFW", "Smut", "Lemon"),
    "fanfiktion.de": ("P18", "P18 AVL", "AVL"),
    "film, television and games": (
        "R18",
        "R18+",
        "X18",
        "X18+",
        "TV-MA",
        "AO",
        "FSK 18",
        "USK 18",
        "PEGI 18",
        "BBFC 18",
    ),
    "by age": ("18", "18+", "+18", "-18", "21+", "over 18", "18 and over", "18 and up", "18 or older", "18 years"),
    "German": ("Explizit", "ab 18", "ab 18 Jahren", "FSK ab 18", "Erwachsene", "nur für Erwachsene"),
    "French": ("Explicite", "Adulte", "Adultes", "Pour adultes", "18 ans", "Interdit aux moins de 18 ans"),
    "Spanish and Portuguese": ("Explícito", "Explícita", "Adultos", "Para adultos", "18 años", "18 anos"),
    "Polish": ("Dla dorosłych", "Tylko dla dorosłych", "od 18 lat"),
    "Japanese": ("R-18", "R-18G", "18禁"),
}
"""The ratings that amount to Explicit, by who gives them. M and Mature, R and MA15+ do not."""
AROUND = re.compile(r"^(?:fiction |story )?(?:rated|rating) |(?: (?:content|only|material|themes))$")
"""What may stand around a rating."""
PARTS = re.compile(r"[/,;|:()\[\]·–—]|\bfor\b|\bor\b|\band\b", re.IGNORECASE)
"""What separates several ratings, or a rating from its reasons: "Explicit (18+)", "NC-17 for violence"."""


def is_adult(rating: str) -> bool:
    """Whether this rating is for adults only: it is one from the table, whatever the case, alone or among others."""
    return any(_plain(part) in _FOR_ADULTS for part in (rating, *PARTS.split(rating)))


def _plain(rating: str) -> str:
    """Return a rating without case, accents, and whatever joins its parts."""
    letters = (each for each in unicodedata.normalize("NFKD", rating.casefold()) if not unicodedata.combining(each))
    words = " ".join("".join(each if each.isalnum() or each == "+" else " " for each in letters).split())
    return AROUND.sub("", words).replace(" ", "").replace("ł", "l")


_FOR_ADULTS = frozenset(_plain(rating) for ratings in FOR_ADULTS.values() for rating in ratings)
