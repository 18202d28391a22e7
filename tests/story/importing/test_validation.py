from pydantic import BaseModel, Field, ValidationError

from story.importing.validation import explain


class Inner(BaseModel):
    size: int = Field(description="a size")
    name: str


class Outer(BaseModel):
    inner: dict[str, Inner]


def lines(value: object) -> list[str]:
    try:
        Outer.model_validate(value)
    except ValidationError as error:
        return [explain(Outer, each) for each in error.errors()]
    return []


def test_what_is_expected_is_the_description_of_the_innermost_field() -> None:
    assert lines({"inner": {"a": {"size": "x", "name": "n"}}}) == ["inner.a.size: expected a size"]


def test_a_field_without_a_description_is_explained_in_pydantics_words() -> None:
    assert lines({"inner": {"a": {"size": 1}}}) == ["inner.a.name: missing; expected Field required"]
