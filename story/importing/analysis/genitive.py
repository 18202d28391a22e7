"""The names that Russian and Polish bend: `Глазами Анны` is told by Anna, `Perspektywa Zosi` by Zosia."""

import re
from collections.abc import Iterator

_CYRILLIC = re.compile("[а-яё]+", re.IGNORECASE)
_HARD = "гкхжчшщ"
_POLISH_HARD = "gk"


def is_cyrillic(name: str) -> bool:
    """Whether a name is one word in Cyrillic letters."""
    return _CYRILLIC.fullmatch(name) is not None


def nominatives(name: str) -> list[str]:
    """Return what a name in the genitive may be called, the likeliest first; the name itself where that may be one."""
    return list(dict.fromkeys((_russian if is_cyrillic(name) else _polish)(name)))


def _russian(name: str) -> Iterator[str]:
    stem, end = name[:-1], name[-1:].casefold()
    match end:
        case "ы":
            yield f"{stem}а"
        case "и" if stem[-1:] in _HARD:
            yield f"{stem}а"
        case "и":
            yield from (f"{stem}я", f"{stem}ь")
        case "а":
            yield from (name, stem, f"{stem[:-1]}е{stem[-1:]}")
        case "я":
            yield from (name, f"{stem}й", f"{stem}ь")
        case _:
            yield name


def _polish(name: str) -> Iterator[str]:
    stem, end = name[:-1], name[-1:].casefold()
    match end:
        case "y":
            yield f"{stem}a"
        case "i" if stem[-1:] in _POLISH_HARD:
            yield f"{stem}a"
        case "i":
            yield from (f"{name}a", f"{stem}a")
        case "a":
            yield from (name, stem, f"{stem[:-1]}e{stem[-1:]}")
        case _:
            yield name
