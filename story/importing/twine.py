"""The content of a Twine passage: the story formats' markup, which becomes Markdown, and their macros."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from story.importing.prose import BOLD, ITALIC, STRIKE, UNDERLINE, Run, plain, to_markdown

_SHARED = {"//": ITALIC, "''": BOLD}
_MARKS = {
    "harlowe": {**_SHARED, "**": BOLD, "*": ITALIC, "~~": STRIKE},
    "sugarcube": {**_SHARED, "__": UNDERLINE, "==": STRIKE},
    "chapbook": {"**": BOLD, "__": BOLD, "*": ITALIC, "_": ITALIC, "~~": STRIKE},
    "snowman": {"**": BOLD, "__": BOLD, "*": ITALIC, "_": ITALIC, "~~": STRIKE},
}
_ANY_MARKS = {**_SHARED, "**": BOLD, "*": ITALIC, "__": UNDERLINE, "~~": STRIKE}
_TAGS = {
    **dict.fromkeys(("i", "em"), ITALIC),
    **dict.fromkeys(("b", "strong"), BOLD),
    **dict.fromkeys(("s", "strike", "del"), STRIKE),
    "u": UNDERLINE,
}
# Not the two slashes of an address; and what may be literal, like an asterisk, is no mark beside a space.
# Each alternative begins with its sign, which makes it many times faster to find.
_TOKEN = re.compile(
    r"//(?<!:..)|''|__|==(?:(?=\S)|(?<=\S..))|~~|\*\*(?:(?=\S)|(?<=\S..))|\*(?:(?=\S)|(?<=\S.))"
    r"|_(?:(?<!\w.)(?=\S)|(?<=\S.)(?!\w))|<(?:/?[a-zA-Z][\w:-]{0,30}(?:\s[^<>\n]{0,500})?/?>)"
)
_LINE_START = re.compile(r"^\s*(>+\s*)?(?:([*-])\s+(?=\S)|(!{1,6}(?=\w)|#{1,6}\s+)|)")
_RULE = re.compile(r"\s*(?:-{3,}|\*(?:\s*\*){2,})\s*")
_COMMENT = re.compile(r"/%|/\*|<!--")
_ENDS = {"/%": "%/", "/*": "*/", "<!--": "-->"}

# If a file does not name its story format, only those that prose never has.
_HARLOWE = (
    r"if|unless|else-?if|else|for|loop|set|put|move|print|display|link(?:-[a-z-]{1,20})?|click(?:-[a-z-]{1,20})?|go-?to"
    r"|undo|live|stop|event|either|cond|a|array|dm|datamap|ds|dataset|random|prompt|alert|confirm|input(?:-box)?"
    r"|cycling-link|seq-link|text-[a-z]{1,10}|colou?r|bg|background|align|transition|t8n|css|font|hook|show|hide"
    r"|replace|append|prepend|enchant|visited|history|passage|save-game|load-game|script|macro|output|dialog"
)
_CHAPBOOK = r"(?:if|unless|else|contin|after|append|align|note|css|javascript)[^\[\]\n]{0,200}"
_EVERYWHERE = r"(?P<link>\[\[[^\[\]\n]*\](?:\[[^\[\]\n]*\])?\])|(?P<image>\[img\[)"
_EVERYWHERE += r"|(?P<sugarcube><</?[\w=-]{0,40})|(?P<snowman><%)"
_EVERYWHERE += (
    r"|(?P<html><(?:script|style|input|button|select|textarea|iframe)\b)|(?<![\w$\\])(?P<variable>\$[A-Za-z_]\w{0,60})"
)
_HOOK = r"|(?P<hook>\|\w{1,40}[>)]\[)"
_INSERT = r"|(?P<insert>\{[A-Za-z_][^{}\n]{0,200}\})"
_MACROS = {
    "harlowe": _EVERYWHERE + _HOOK + r"|(?P<harlowe>\([A-Za-z][\w-]{0,40}:)",
    "sugarcube": _EVERYWHERE,
    "snowman": _EVERYWHERE,
    "chapbook": _EVERYWHERE + _INSERT + r"|^(?P<chapbook>\[[^\[\]\n]{1,200}\])[ \t]*$|^(?P<variables>--)[ \t]*$",
}
_ANY_MACROS = (
    rf"{_EVERYWHERE}{_HOOK}{_INSERT}|(?P<harlowe>\((?i:{_HARLOWE}):)|^(?P<chapbook>\[(?i:{_CHAPBOOK})\])[ \t]*$"
)
_MACRO_SIGN = re.compile(r"[<$|(\[{-]")  # what each of them begins with
_SHOWN = {
    "harlowe": "the macro {}) of Harlowe",
    "hook": "the hook {}] of Harlowe",
    "sugarcube": "the macro {}>> of SugarCube",
    "snowman": "the template {} %> of Snowman",
    "image": "the image {} of SugarCube",
    "html": "the element {}>",
    "chapbook": "the modifier {} of Chapbook",
    "insert": "the insert {} of Chapbook",
    "variables": "the variables above {} of Chapbook",
    "variable": "the variable {}",
}


_INSTEAD = tuple(
    (re.compile(pattern, re.IGNORECASE), what)
    for pattern, what in (
        (r"link|click|goto|go-to|button|choice|cycling|return|back|undo", "expected a link such as [[Name]]"),
        (
            r"if\b|unless|else|switch|case|cond|either|random|visited",
            "expected a passage for each case, and a [[link]] to each",
        ),
        (r"set|put|move|\$|run|capture|remember|^--", "expected a passage for each state, and a [[link]] to each"),
        (r"display|include|print|widget|\{", "expected the words themselves"),
        (r"img|image|audio|video", "expected words for it"),
        (r"text-|colou?r|font|css|align|style|enchant", "expected *emphasis* or none"),
        (r"", "expected text and [[links]]"),
    )
)


@dataclass(frozen=True, slots=True)
class Macro:
    """Something that a story format would execute: what it is, and its line and column, counted from 0.

    `instead` says what to write in its place.
    """

    what: str
    line: int
    column: int
    instead: str


def macros(text: str, story_format: str) -> Iterator[Macro]:
    """Yield each macro, variable and insert in the text of a passage, but not in links; `story_format` may be ""."""
    pattern = re.compile(_MACROS.get(story_format, _ANY_MACROS), re.MULTILINE)
    line = line_start = end = 0
    for sign in _MACRO_SIGN.finditer(text):
        found = pattern.match(text, sign.start())
        if not found or found.start() < end:
            continue
        end = found.end()
        if found.lastgroup != "link":
            line += text.count("\n", line_start, found.start())
            line_start = text.rfind("\n", line_start, found.start()) + 1 or line_start
            kind = found.lastgroup or ""
            place = (line, found.start() - line_start)
            yield Macro(_SHOWN[kind].format(found[kind]), *place, _instead(found[kind]))


def _instead(macro: str) -> str:
    """Return what to write in place of a macro."""
    return next(what for pattern, what in _INSTEAD if pattern.search(macro))


def without_comments(text: str) -> str:
    """Return a passage without its comments, with as many lines as before."""
    kept: list[str] = []
    end = 0
    open_for_good: set[str] = set()
    for begin in _COMMENT.finditer(text):
        if begin.start() < end or begin[0] in open_for_good:
            continue
        close = text.find(_ENDS[begin[0]], begin.end())
        if close < 0:
            open_for_good.add(begin[0])
            continue
        kept += (text[end : begin.start()], "\n" * text.count("\n", begin.start(), close))
        end = close + len(_ENDS[begin[0]])
    return "".join([*kept, text[end:]])


def to_line(line: str, story_format: str) -> str:
    """Return a line of a passage as Markdown."""
    if _RULE.fullmatch(line):
        return r"\* \* \*"
    _, quote, item, heading, rest = _LINE_START.split(line, 1)
    text = to_markdown(list(_runs(rest, _MARKS.get(story_format, _ANY_MARKS))))
    prefix = "> " * bool(quote) + "- " * bool(item) + "### " * bool(heading)
    return prefix + text if text else ""


def to_words(line: str, story_format: str) -> str:
    """Return a line of a passage without markup."""
    return plain(_runs(line, _MARKS.get(story_format, _ANY_MARKS)))


def _runs(line: str, marks: Mapping[str, str]) -> Iterator[Run]:
    """Yield the runs of a line; a sign without its counterpart on the line stays as it is."""
    tokens = list(_TOKEN.finditer(line))
    if not tokens:
        yield Run(line)
        return
    left = Counter(token[0] for token in tokens)
    on: dict[str, str] = {}
    end = 0
    for token in tokens:
        sign = token[0]
        left[sign] -= 1
        tag = sign.strip("</>").casefold() if sign[0] == "<" else ""
        if not tag and not (sign in marks and (sign in on or left[sign])):
            continue
        yield Run(line[end : token.start()], frozenset(on.values()))
        end = token.end()
        if tag == "br":
            yield Run("\n")
        elif sign in on or sign.startswith("</"):
            on.pop(tag or sign, None)
        elif tag in _TAGS or not tag:
            on[tag or sign] = _TAGS[tag] if tag else marks[sign]
    yield Run(line[end:], frozenset(on.values()))
