"""No word that reaches a member is left in the code: it is in the catalogues."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogs.ui.texts import CATALOGUES

ROOT = Path(__file__).parents[3]
OPERATORS = {ROOT / "cogs" / "core" / "metrics.py"}
"""What only operators read."""
FILES = sorted({*(ROOT / "cogs").rglob("*.py")} - OPERATORS)
SEVERAL_WORDS = re.compile(r"[^\W\d_]{2,}[,!?…:]? [^\W\d_]{2,}")
LOGS = {"debug", "info", "warning", "error", "exception"}
SHOWS = {"whisper", "notice", "confirm", "button", "Refused", "LineModal", "TextDisplay"}
"""What shows its first argument to members."""
SHOWN = {"label", "placeholder", "description", "title", "content", "group_description"}
"""Arguments that members see."""
COMMANDS = {key.removeprefix("command.").replace(".", " ") for key in CATALOGUES["en"] if key.startswith("command.")}


def words(tree: ast.Module) -> Iterator[str]:
    """Yield the texts in a module that a member could read: of several words, or handed to what shows them."""
    hidden = {id(each) for node in ast.walk(tree) if is_not_for_members(node) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
            if SEVERAL_WORDS.search(node.value) and node.value not in COMMANDS:
                yield node.value
        elif isinstance(node, ast.Call):
            yield from (text for argument in shown(node) for text in literals(argument))


def is_not_for_members(node: ast.AST) -> bool:
    """Whether what is within is for developers and operators: docstrings, logs, and errors that nobody foresaw."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return name not in SHOWS
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in LOGS
        case _:
            return False


def shown(call: ast.Call) -> list[ast.expr]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return [*(call.args[:1] if name in SHOWS else []), *(each.value for each in call.keywords if each.arg in SHOWN)]


def literals(argument: ast.expr) -> Iterator[str]:
    """Yield what is written out in an argument, whatever the f-string around it."""
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search(r"[^\W\d_]{2}", part.value):
            yield part.value


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_word_that_reaches_a_member_is_left_in_the_code(file: Path) -> None:
    found = set(words(ast.parse(file.read_text(encoding="utf-8")))) - set(CATALOGUES["en"])
    assert found == set()


@pytest.mark.parametrize(
    "code",
    [
        'notice("Done")',
        'layouts.notice(f"{name} done")',
        'button(label="Done")',
        'text = "All is done"',
        'raise Refused("Sorry")',
        '@app_commands.command(name="next", description="Go")\ndef next(): ...',
    ],
)
def test_words_that_are_left_in_the_code_are_found(code: str) -> None:
    assert list(words(ast.parse(code)))


@pytest.mark.parametrize("code", ['"""All is well."""', 'log.info("all is well")', 'raise ValueError("all is lost")'])
def test_words_for_developers_and_operators_may_stand_in_the_code(code: str) -> None:
    assert list(words(ast.parse(code))) == []
