"""Holds bodies to rules; the rules themselves are in `limits.py`.

A rule takes a value and the way to it, and yields a breach for each thing that Discord would refuse. Breaches have
Discord's own codes, as far as these are known, and are told in Discord's shape of errors.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Way = tuple[str, ...]
"""The keys and places in lists that lead to a value."""


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that Discord refuses: where it stands, Discord's code for it, and what it says."""

    way: Way
    code: str
    said: str

    def __str__(self) -> str:
        return f"{'.'.join(self.way)}: {self.code}: {self.said}"


Rule = Callable[[Any, Way], Iterator[Breach]]
"""What a value is to be."""
Law = Callable[[Json], Iterator[Breach]]
"""What holds between the fields of an object; the ways of its breaches begin at the object."""


def told(breaches: Iterable[Breach]) -> Json:
    """Return breaches in the shape of Discord's errors, see its page "API Reference", "Error Messages"."""
    errors: Json = {}
    for breach in breaches:
        at = errors
        for key in breach.way:
            at = at.setdefault(key, {})
        at.setdefault("_errors", []).append({"code": breach.code, "message": breach.said})
    return errors


def missing(*way: str) -> Breach:
    """Return the breach of what has to be there and is not."""
    return Breach(way, "BASE_TYPE_REQUIRED", "This field is required")


def _choices(way: Way, values: Iterable[object]) -> Breach:
    return Breach(way, "BASE_TYPE_CHOICES", f"Value must be one of ({', '.join(map(repr, values))}).")


def _length(way: Way, least: int, most: int) -> Breach:
    return Breach(way, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


# ---- rules for single values


def anything(_value: Any, _way: Way) -> Iterator[Breach]:
    """Take whatever it is."""
    yield from ()


def flag(value: Any, way: Way) -> Iterator[Breach]:
    """Require true or false."""
    if not isinstance(value, bool):
        yield Breach(way, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")


def text(least: int, most: int, like: str = "") -> Rule:
    """Require a text of so many characters; what is only blanks has none. The whole of it is `like` a pattern."""

    def rule(value: Any, way: Way) -> Iterator[Breach]:
        if not isinstance(value, str):
            yield Breach(way, "STRING_TYPE_CONVERT", "Could not interpret as string.")
        elif least and not value.strip():
            yield missing(*way)
        elif not least <= len(value) <= most:
            yield _length(way, least, most)
        elif like and not re.fullmatch(like, value):
            yield Breach(way, "STRING_TYPE_REGEX", "String value did not match validation regex.")

    return rule


def number(least: float, most: float) -> Rule:
    """Require a number from one to another."""

    def rule(value: Any, way: Way) -> Iterator[Breach]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Breach(way, "NUMBER_TYPE_COERCE", f"Value {value!r} is not a number.")
        elif value < least:
            yield Breach(way, "NUMBER_TYPE_MIN", f"Value should be greater than or equal to {least}.")
        elif value > most:
            yield Breach(way, "NUMBER_TYPE_MAX", f"Value should be less than or equal to {most}.")

    return rule


def snowflake(value: Any, way: Way) -> Iterator[Breach]:
    """Require one of Discord's numbers, as a text or not."""
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,20}", str(value)):
        yield Breach(way, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def one_of(*values: object) -> Rule:
    """Require one of these values."""

    def rule(value: Any, way: Way) -> Iterator[Breach]:
        if value not in values or isinstance(value, bool):
            yield _choices(way, values)

    return rule


def bits(*allowed: int) -> Rule:
    """Require a number that has no bits but these."""

    def rule(value: Any, way: Way) -> Iterator[Breach]:
        if isinstance(value, bool) or not isinstance(value, int) or value & ~sum(allowed):
            yield Breach(way, "BITFIELD_TYPE_INVALID", f"Only the bits of {sum(allowed)} can be set.")

    return rule


# ---- rules for what has parts


def many(rule: Rule, least: int, most: int) -> Rule:
    """Require a list of so many values, each by a rule."""

    def each(value: Any, way: Way) -> Iterator[Breach]:
        if not isinstance(value, list):
            yield Breach(way, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        if not least <= len(value) <= most:
            yield _length(way, least, most)
        for place, part in enumerate(value):
            yield from rule(part, (*way, str(place)))

    return each


def mapping(keys: Iterable[str], rule: Rule) -> Rule:
    """Require an object with none but these keys, each value by a rule."""
    known = frozenset(keys)

    def each(value: Any, way: Way) -> Iterator[Breach]:
        if not isinstance(value, dict):
            yield _no_object(way)
            return
        for key, part in value.items():
            if key not in known:
                yield _choices((*way, key), sorted(known))
            yield from rule(part, (*way, key))

    return each


def shape(fields: Mapping[str, Rule], *laws: Law) -> Rule:
    """Require an object with these fields; one whose name ends in a question mark can be missing, or null.

    What holds between them is in the laws. Each is asked only where all that comes before it is right, so that it can
    rely on that. Fields that are not named here are let pass, as Discord lets those pass that it does not know.
    """

    def rule(value: Any, way: Way) -> Iterator[Breach]:
        if not isinstance(value, dict):
            yield _no_object(way)
            return
        breaches = list(_of_fields(fields, value, way))
        for law in laws:
            breaches = breaches or [Breach((*way, *each.way), each.code, each.said) for each in law(value)]
        yield from breaches

    return rule


def _of_fields(fields: Mapping[str, Rule], value: Json, way: Way) -> Iterator[Breach]:
    for name, rule in fields.items():
        key = name.removesuffix("?")
        if value.get(key) is not None:
            yield from rule(value[key], (*way, key))
        elif key == name:
            yield missing(*way, key)


def by(key: str, rules: Mapping[Any, Rule], default: object = None) -> Rule:
    """Require an object by the rule for what stands under a key in it, or for the default where nothing does."""

    def rule(value: Any, way: Way) -> Iterator[Breach]:
        if not isinstance(value, dict):
            yield _no_object(way)
        elif (kind := value.get(key, default)) is None:
            yield missing(*way, key)
        elif isinstance(kind, bool) or kind not in rules:
            said = f'Value of field "{key}" must be one of ({", ".join(map(str, rules))}).'
            yield Breach((*way, key), "UNION_TYPE_CHOICES", said)
        else:
            yield from rules[kind](value, way)

    return rule


def _no_object(way: Way) -> Breach:
    return Breach(way, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")


# ---- laws


def needs(*keys: str) -> Law:
    """Require fields that could be missing otherwise."""

    def law(value: Json) -> Iterator[Breach]:
        yield from (missing(key) for key in keys if value.get(key) is None)

    return law


def never(*keys: str) -> Law:
    """Refuse fields, whatever is in them."""

    def law(value: Json) -> Iterator[Breach]:
        for key in keys:
            if value.get(key) is not None:
                yield Breach((key,), "BASE_TYPE_FORBIDDEN", "This field cannot be set here.")

    return law


def not_over(lesser: str, greater: str, least: int, most: int) -> Law:
    """Require one number, by default `least`, not to be over another, by default `most`."""

    def law(value: Json) -> Iterator[Breach]:
        low, high = value.get(lesser), value.get(greater)
        if (least if low is None else low) > (most if high is None else high):
            yield Breach((lesser,), "NUMBER_TYPE_MAX", f"Value should not be greater than {greater}.")

    return law


def unlike(within: str, key: str, code: str) -> Law:
    """Require the values of a key to be all different in the objects of a list."""

    def law(value: Json) -> Iterator[Breach]:
        seen = set()
        for place, each in enumerate(value.get(within) or []):
            if each.get(key) in seen:
                yield Breach((within, str(place), key), code, "It is there already.")
            seen.add(each.get(key))

    return law
