"""Plain manuscripts."""

from pathlib import Path

from story.formats.draft import Draft, Part
from story.formats.limits import LIMITS, Limits
from story.formats.writing import decode


def read_manuscript(data: bytes, name: str, limits: Limits = LIMITS) -> Draft:
    """Read a plain manuscript as a draft."""
    text = decode(data[: limits.bytes], Path(name))
    return Draft(Path(name).stem, (), (Part("", text, 1),), file=Path(name))
