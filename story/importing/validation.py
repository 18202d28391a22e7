"""Checks a settings or metadata file, and puts every mistake in it into words.

msgspec stops at the first mistake. So where there is one, each part is checked on its own.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import fields

Read = TypeVar("Read", bound=msgspec.Struct)
Way = tuple[str | int, ...]
"""The keys, and the places in lists, that lead to a value."""

MANY = 100
"""How many parts of a list are checked. A longer list is a mistake in itself, and nobody reads more of them."""


class Wrong(NamedTuple):
    """A mistake: the way to it, and the line that says what is expected there."""

    way: Way
    what: str


class InvalidError(Exception):
    """A file has mistakes; `mistakes` are all of them, in the order of the fields."""

    def __init__(self, mistakes: list[Wrong]) -> None:
        super().__init__("\n".join(each.what for each in mistakes))
        self.mistakes = tuple(mistakes)


def checked(kind: type[Read], table: dict[str, Any]) -> Read:
    """Return a table as a struct of that kind.

    What is expected of a value is the description of the innermost field around it that has one.

    Raises:
        InvalidError: with every mistake. It doesn't quote the table, which can hold a token.
    """
    try:
        return msgspec.convert(table, kind)
    except msgspec.ValidationError:
        raise InvalidError(list(_wrong(kind, table))) from None


def description(kind: Any) -> str:
    """Return the description of a field's type, or nothing if it has none."""
    notes = (each for each in getattr(kind, "__metadata__", ()) if isinstance(each, msgspec.Meta))
    return next((note.description for note in notes if note.description), "")


def _wrong(kind: Any, value: Any, way: Way = (), expected: str = "") -> Iterator[Wrong]:
    """Yield what is wrong with the parts of a value, or with the whole if its parts are fine."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        kind = get_args(kind)[0] if get_origin(kind) in {Union, UnionType} else kind
        expected = description(kind) or expected
        plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
        parts = list(_wrong_parts(plain, value, way, expected))
        yield from parts or [_mistake(way, f"expected {expected}")]


def _wrong_parts(kind: Any, value: Any, way: Way, expected: str) -> Iterator[Wrong]:
    if isinstance(value, dict) and get_origin(kind) is dict:
        of_key, of_part = get_args(kind)
        for key, part in value.items():
            yield from _wrong(of_key, key, (*way, key), expected)
            yield from _wrong(of_part, part, (*way, key), expected)
    elif isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _wrong_fields(kind, value, way, expected)
    elif isinstance(value, list) and get_origin(kind) is list:
        [of_part] = get_args(kind)
        for place, part in enumerate(islice(value, MANY)):
            yield from _wrong(of_part, part, (*way, place), expected)


def _wrong_fields(kind: type[msgspec.Struct], table: dict[str, Any], way: Way, expected: str) -> Iterator[Wrong]:
    known = {field.name: field for field in fields(kind)}
    for name, field in known.items():
        if name in table:
            yield from _wrong(field.type, table[name], (*way, name), expected)
        elif field.required:
            yield _mistake((*way, name), f"missing; expected {description(field.type) or expected}")
    for name in [each for each in table if each not in known]:
        meant = get_close_matches(name.casefold(), known, 1)
        hint = f"did you mean {meant[0]}?" if meant else f"expected one of {', '.join(known)}"
        yield _mistake((*way, name), f"unknown; {hint}")


def _mistake(way: Way, what: str) -> Wrong:
    return Wrong(way, f"{'.'.join(map(str, way))}: {what}")
