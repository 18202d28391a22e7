"""Turns what Obsidian, Hugo, Jekyll and Pandoc add to Markdown into plain Markdown, line by line."""

import re

_COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
_EMBEDDED = re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]")
_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_SHORTCODE = re.compile(r"\{\{[<%].{0,500}?[%>]\}\}|\{% .{0,500}? %\}")
_ATTRIBUTES = re.compile(r"^(\s{0,3}#{1,6}\s.*?)[ \t]*\{[^{}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_CLASSES = re.compile(r"^[ \t]*(?:\{:[^{}\n]{0,200}\}|:{3,}.{0,100})[ \t]*$", re.MULTILINE)
_CALLOUT = re.compile(r"^(\s{0,3}>\s*)\[![\w-]{1,30}\][+-]?[ \t]*", re.MULTILINE)
_MARKED = re.compile(r"(?<![=\w])==(?=\S)([^=\n]{1,1000}?)(?<=\S)==(?![=\w])")
_NOTE = re.compile(r"\[\^([\w-]{1,40})\]")


def plainer(text: str) -> str:
    """Return a text without comments, embedded files and attributes, and with only the words of links.

    It has as many lines as before. Footnotes become `[1]`, at the word and before the note.
    """
    if "%%" in text:
        text = _COMMENT.sub(_blank, text)
    if "[[" in text:
        text = _LINK.sub(r"\1", _EMBEDDED.sub("", text))
    if "{" in text or ":::" in text:
        text = _CLASSES.sub("", _ATTRIBUTES.sub(r"\1", _SHORTCODE.sub("", text)))
    if "[!" in text:
        text = _CALLOUT.sub(r"\1", text)
    if "==" in text:
        text = _MARKED.sub(r"\1", text)
    return _NOTE.sub(r"\\[\1\\]", text) if "[^" in text else text


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")
