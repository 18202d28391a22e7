"""Stand-in."""

import re

_POV = re.compile(
    r"\(?(?:POV:? +(?P<b>\w[\w .-]{0,38})|(?P<a>\w[\w .-]{0,38}?)(?:['’]s?)? (?:POV|point of view)|(?P<c>[A-Z][A-Z .-]+))\)?",
    re.I,
)


def pov_of(words: str) -> str:
    """Return the POV that a heading names, or "" if it is no such heading."""
    if len(words) > 60:
        return ""
    found = _POV.fullmatch(words)
    if not found or (found["c"] and not words.isupper()):
        return ""
    return found["a"] or found["b"] or found["c"]
