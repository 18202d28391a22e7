"""Finds what is Markdown elsewhere, but appears on Discord as it is typed."""

from collections.abc import Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

IMAGE = "an image; Discord shows none within a text"
HTML = "HTML, which Discord shows as it is typed"
TABLE = "a table, which Discord shows as it is typed"
DEFINITION = "a link defined apart from its text, which Discord shows as it is typed"
LINK = "a link to “{}”; Discord links to addresses with http:// or https:// only"


class _AsTyped(MarkdownIt):
    """A parser that accepts any link."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the library's name for it, and argument
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name for it
        return url


# As in the reader, a `---` under a paragraph makes no heading.
_MARKDOWN = _AsTyped("commonmark").enable("table").disable("lheading")


def unshown(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what Discord does not render in a text: its line and column, both counted from 0, and what it is."""
    lines = text.split("\n")
    env: dict[str, Any] = {}
    for token in _MARKDOWN.parse(text, env):
        begin, end = token.map or (0, 0)
        if token.type == "html_block":
            yield begin, _indent(lines[begin]), HTML
        elif token.type == "table_open":
            yield begin, _indent(lines[begin]), TABLE
        elif token.type == "inline":
            yield from _in_line(token.children or [], begin, "\n".join(lines[begin:end]))
    yield from _definitions(env.get("references", {}))


def _definitions(references: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    for reference in references.values():
        yield reference["map"][0], 0, DEFINITION


def _in_line(tokens: list[Token], begin: int, source: str) -> Iterator[tuple[int, int, str]]:
    """Yield what is in a paragraph. The parser gives no columns, so each is looked for after the last one."""
    seen: dict[str, int] = {}
    for token in tokens:
        found = _problem(token)
        if found:
            what, mark = found
            at = source.find(mark, seen.get(mark, 0))
            seen[mark] = at + 1
            at = max(at, 0)
            above = source.count("\n", 0, at)
            yield begin + above, at - (source.rfind("\n", 0, at) + 1), what


def _problem(token: Token) -> tuple[str, str] | None:
    """Return what is wrong with a piece of a paragraph, and what it begins with in the source."""
    if token.type == "html_inline" and not token.content.startswith("</"):
        return HTML, token.content
    if token.type == "image":
        return IMAGE, "!["
    if token.type == "link_open" and token.info != "auto":
        href = str(token.attrs["href"])
        if not href.casefold().startswith(("http://", "https://")):
            return LINK.format(href), href or "]()"
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
