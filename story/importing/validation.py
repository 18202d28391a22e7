"""Puts into words what pydantic found wrong with a settings or metadata file."""

from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel


def explain(model: type[BaseModel], error: Any) -> str:
    """Say in one line which key is wrong and what it should be.

    `error` is one of the `errors()` of the model's ValidationError. What the key should be is the description of the
    innermost field that has one.
    """
    names = [str(part) for part in error["loc"] if part != "[key]"]
    key = ".".join(names)
    if error["type"] == "extra_forbidden":
        known = list(_model_at(model, names[:-1]).model_fields)
        meant = get_close_matches(names[-1].casefold(), known, 1)
        return f"{key}: unknown; " + (f"did you mean {meant[0]}?" if meant else f"expected one of {', '.join(known)}")
    expected = _expected(model, names) or error["msg"]
    return f"{key}: missing; expected {expected}" if error["type"] == "missing" else f"{key}: expected {expected}"


def _expected(model: type[BaseModel], path: list[str]) -> str | None:
    for depth in range(len(path), 0, -1):
        field = _model_at(model, path[: depth - 1]).model_fields.get(path[depth - 1])
        if field and field.description:
            return field.description
    return None


def _model_at(model: type[BaseModel], path: list[str]) -> type[BaseModel]:
    """Return the innermost model on the way, through fields that are models or dictionaries of them."""
    for name in path:
        field = model.model_fields.get(name)
        if field:
            inner = [field.annotation, *get_args(field.annotation)]
            model = next((each for each in inner if isinstance(each, type) and issubclass(each, BaseModel)), model)
    return model
