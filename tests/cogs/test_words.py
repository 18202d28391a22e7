"""No text that a member reads stands in the code: all of it comes from the message catalogues."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cogs.ui import texts

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "cogs").rglob("*.py"))
PROSE = re.compile(r"[^\W\d_]{2,}[,;:]? [^\W\d_]{2,}")
"""Two words with a space between them."""
WORD = re.compile(r"[^\W\d_]{2,}")
SAY = {"whisper", "notice", "Refused", "TextDisplay", "locale_str", "send", "bold", "small", "heading", "fact"}
"""What puts its arguments before a member."""
SHOWN = {"label", "placeholder", "description", "title", "topic", "content", "group_description", "reason"}
"""Arguments that a member sees, whatever takes them."""
FILE_NAMES = re.compile(r"[a-z0-9-]+\.[a-z]+")


def strings(node: ast.AST) -> Iterator[str]:
    """Yield the literal strings that an expression consists of, but not what it hands to calls of its own."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Call() | ast.Subscript() | ast.Compare():
            return
        case _:
            for child in ast.iter_child_nodes(node):
                yield from strings(child)


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def is_aside(node: ast.AST) -> bool:
    """Whether something is for the log or for whoever wrote the code: the `msg` of an exception, too."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))) | ast.Assign(targets=[ast.Name(id="msg")]):
            return True
        case ast.Call(func=ast.Name(id="ValueError")):
            return True
        case _:
            return False


def is_command(text: str) -> bool:
    return f"command.{text.replace(' ', '.')}" in texts.CATALOGUES[texts.SOURCE]


def documentation(tree: ast.Module) -> set[ast.AST]:
    """What stands alone: docstrings, and those of constants."""
    alone = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return {each for each in alone if isinstance(each, ast.Constant)}


def spoken(tree: ast.Module) -> Iterator[str]:
    """Yield the literals of a module that a member might read."""
    aside = documentation(tree)
    for node in ast.walk(tree):
        if is_aside(node):
            aside |= set(ast.walk(node))
    for node in ast.walk(tree):
        if node in aside:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and PROSE.search(node.value):
            yield from [] if is_command(node.value) else [node.value]
        if isinstance(node, ast.Call):
            said = node.args if name_of(node) in SAY else []
            shown = [each.value for each in node.keywords if each.arg in SHOWN]
            yield from (
                text
                for each in (*said, *shown)
                for text in strings(each)
                if WORD.search(text) and not FILE_NAMES.fullmatch(text)
            )


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_text_that_a_member_reads_stands_in_the_code(file: Path) -> None:
    assert list(spoken(ast.parse(file.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "code",
    [
        'await whisper(interaction, "Sorry!")',
        'raise Refused(f"Sorry, {name}")',
        'ui.Button(label="Vote" if open else "Closed")',
        'said = "The page has turned."',
    ],
)
def test_a_text_in_the_code_would_be_found(code: str) -> None:
    assert list(spoken(ast.parse(f"async def answer():\n    {code}")))


@pytest.mark.parametrize(
    "code",
    [
        'log.warning("a reading has no message")',
        'await whisper(interaction, texts.t("story.stopped"))',
        'button(texts.t("button.next"), "next:1")',
    ],
)
def test_what_no_member_reads_is_no_text(code: str) -> None:
    assert list(spoken(ast.parse(f"async def answer():\n    {code}"))) == []
