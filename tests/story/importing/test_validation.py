from typing import Annotated

import pytest
from msgspec import Meta, Struct

from story.importing.validation import MANY, InvalidError, checked, description


class Inner(Struct):
    size: Annotated[int, Meta(description="a size")]
    name: str = ""


class Outer(Struct, forbid_unknown_fields=True):
    inner: Annotated[dict[str, Inner], Meta(description="tables of things")] = {}
    names: Annotated[list[str], Meta(max_length=MANY, description="a list of names")] | None = None


def lines(table: dict[str, object]) -> list[str]:
    with pytest.raises(InvalidError) as invalid:
        checked(Outer, table)
    return str(invalid.value).splitlines()


def test_what_is_expected_is_the_description_of_the_innermost_field() -> None:
    assert lines({"inner": {"a": {"size": "x"}}}) == ["inner.a.size: expected a size"]


def test_of_a_field_without_a_description_is_expected_what_is_around_it() -> None:
    assert lines({"inner": {"a": {"size": 1, "name": 2}}}) == ["inner.a.name: expected tables of things"]


def test_a_field_that_is_missing_is_a_mistake_beside_the_others() -> None:
    assert lines({"inner": {"a": {}, "b": 3}}) == [
        "inner.a.size: missing; expected a size",
        "inner.b: expected tables of things",
    ]


def test_in_a_list_each_mistake_is_found_by_its_place() -> None:
    assert lines({"names": ["a", 1, "b", 2]}) == [f"names.{place}: expected a list of names" for place in (1, 3)]


def test_a_list_that_is_too_long_is_one_mistake_and_few_of_its_parts_are_looked_at() -> None:
    assert lines({"names": ["a"] * 9999}) == ["names: expected a list of names"]
    assert len(lines({"names": [1] * 9999})) == MANY


def test_a_mistake_does_not_say_what_was_written() -> None:
    with pytest.raises(InvalidError) as invalid:
        checked(Outer, {"names": "secret", "inner": {"a": {"size": "secret"}}})
    assert "secret" not in str(invalid.value)


def test_a_type_of_which_nothing_is_said_has_no_description() -> None:
    assert description(int) == ""
    assert description(Annotated[int, Meta(ge=1)]) == ""
