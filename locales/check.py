"""Checks the message catalogues: run by `make lint`; with `--write` it brings the template and comments up to date.

`en.po` is the source: every message has its id, its English text and a comment for translators there. The template and
the other languages take ids and comments from it; whoever translates needs only the one file.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeGuard

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from babel.plural import PluralRule

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "en.po"
TEMPLATE = FOLDER / "storyteller.pot"
CODE = ("cogs", "rehearsal.py")
"""Where ids are used."""
LIMITS = {
    "command.": 100,
    "option.": 100,
    "choice.": 100,
    "menu.": 32,
    "button.": 34,
    "placeholder.": 150,
    "modal.": 45,
    "setting.": 100,
    "value.": 100,
    "colour.": 100,
    "event.name": 100,
    "event.description": 1000,
    "rehearsal.topic": 1024,
}
"""The most characters, as Discord has it; a button may have 80, but more than 34 are hard to read on a phone."""
MARKDOWN = re.compile(r"[*_`~|\\<>]|^(-#|#|>|-)\s")
"""What a translator would have to leave as it is: the code puts it around texts, and around commands by itself."""
ASKING = {"t", "describe", "button"}
"""Functions whose first argument is an id."""
USING = (ast.Call, ast.Constant, ast.JoinedStr, ast.IfExp)
"""Expressions that an id is found in."""
SHORTEST_PATTERN = 4
"""Letters that an f-string must begin with to be taken for the id of a message."""


def load(file: Path) -> Catalog:
    """Read a catalogue; its language is the file's name."""
    with file.open("rb") as opened:
        language = None if file == TEMPLATE else file.stem.replace("-", "_")
        return read_po(opened, locale=language, abort_invalid=True)


def messages(catalogue: Catalog) -> dict[str, Message]:
    """Return the messages of a catalogue by id, without its header."""
    return {id_of(message): message for message in catalogue if message.id}


def id_of(message: Message) -> str:
    """Return a message's id; both of one with a plural are the same."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return the texts of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


# ---- what is wrong


def problems(folder: Path = FOLDER, code: Path = FOLDER.parent) -> list[str]:
    """Return what is wrong with the catalogues of a folder, a line each; nothing if all is well."""
    english = load(folder / SOURCE.name)
    source = messages(english)
    found = [f"the code uses {each}, which en.po has not" for each in missing(source, code)]
    found += [f"en.po: {each} is not used" for each in unused(source, code)]
    found += [f"en.po: {each} has no comment" for each, message in source.items() if not message.auto_comments]
    found += [f"{SOURCE.name}: {each}" for each in problems_of(english, source)]
    for file in translations(folder):
        catalogue = load(file)
        if file.name != TEMPLATE.name:
            found += [f"{file.name}: {each}" for each in problems_of(catalogue, source)]
        if is_stale(catalogue, source):
            found.append(f"{file.name} is not up to date: make fix")
    return found


def translations(folder: Path) -> list[Path]:
    """Return what follows the source: the template, then every other language."""
    return [folder / TEMPLATE.name, *(file for file in sorted(folder.glob("*.po")) if file.name != SOURCE.name)]


def problems_of(catalogue: Catalog, source: dict[str, Message]) -> Iterator[str]:
    """Yield what is wrong with one language."""
    ours = messages(catalogue)
    yield from (f"{each} is not in en.po" for each in ours.keys() - source.keys())
    for key, theirs in source.items():
        message = ours.get(key)
        if message is None or not any(forms(message)):
            yield f"{key} is missing"
        elif message.fuzzy:
            yield f"{key} is marked as fuzzy"
        else:
            yield from (f"{key} {what}" for what in problems_of_message(message, theirs, plurals(catalogue)))


def problems_of_message(message: Message, source: Message, wanted: int) -> Iterator[str]:
    """Yield what is wrong with one message, beside its source; `wanted` are the plural forms of its language."""
    ours = [text for text in forms(message) if text]
    if isinstance(message.id, str) != isinstance(source.id, str):
        yield "has a plural, or has none, unlike in en.po"
    elif not isinstance(message.id, str) and len(ours) < wanted:
        yield f"has {len(ours)} of {wanted} plural forms"
    names = placeholders(forms(source)[-1])
    for text in ours:
        if not names - {"n"} <= placeholders(text) <= names:
            yield f"has other placeholders than in en.po: {text!r}"
        if MARKDOWN.search(text):
            yield f"has Markdown in it: {text!r}"
    most = limit(id_of(message))
    yield from (f"is longer than {most} characters" for text in ours if most and len(text) > most)


def limit(key: str) -> int:
    """Return the most characters that a message may have; 0 where it stands in a whole message of Discord's."""
    return next((most for prefix, most in LIMITS.items() if key.startswith(prefix)), 0)


def plurals(catalogue: Catalog) -> int:
    """Return how many plural forms whole numbers have in a language, by CLDR."""
    locale = catalogue.locale
    rule = locale.plural_form if locale else PluralRule({})
    return len({rule(n) for n in (*range(200), 1000, 10**6)})


def missing(source: Iterable[str], code: Path) -> list[str]:
    """Return the ids that the code asks for and that there are not."""
    known = set(source)
    asked = {pattern for node in nodes(code) if is_asking(node) for pattern in ids(node.args[0])}
    return sorted(each.replace("\\.", ".") for each in asked if not any(re.fullmatch(each, id_) for id_ in known))


def unused(source: Iterable[str], code: Path) -> list[str]:
    """Return the ids that nothing in the code could mean."""
    patterns = {pattern for node in nodes(code) for pattern in ids(node)}
    exact = {each.replace("\\", "") for each in patterns}
    made = [re.compile(each) for each in patterns if ".+" in each]
    return [id_ for id_ in source if id_ not in exact and not any(each.fullmatch(id_) for each in made)]


def is_asking(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether an expression asks for a message."""
    name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
    return isinstance(node, ast.Call) and name in ASKING and bool(node.args)


@cache
def nodes(code: Path) -> tuple[ast.AST, ...]:
    """Return what the modules that use ids consist of."""
    places = [code / place for place in CODE]
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))]
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in files]
    return tuple(node for tree in trees for node in ast.walk(tree) if isinstance(node, USING))


def ids(node: ast.AST) -> Iterator[str]:
    """Yield the ids that an expression can be, as patterns: f-strings stand for whatever they may become."""
    match node:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_] as parts) if len(start) >= SHORTEST_PATTERN:
            yield "".join(re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".+" for each in parts)
        case ast.IfExp(body=body, orelse=orelse):
            yield from ids(body)
            yield from ids(orelse)


# ---- the template, and the comments of the other languages


def is_stale(catalogue: Catalog, source: dict[str, Message]) -> bool:
    """Whether a template or a language has not got the ids and comments of the source, in its order."""
    ours = messages(catalogue)
    return [(key, comments(message)) for key, message in source.items()] != [
        (key, message.auto_comments) for key, message in ours.items()
    ]


def comments(message: Message) -> list[str]:
    """Return what a translator reads above a message: when it is said, and what it is in English."""
    return list(dict.fromkeys([*message.auto_comments, *(f"English: {text}" for text in forms(message))]))


def updated(catalogue: Catalog, source: dict[str, Message]) -> Catalog:
    """Return a catalogue with the ids and comments of the source, and what it has translated of them."""
    fresh = Catalog(catalogue.locale, fuzzy=False, charset="utf-8")
    fresh.header_comment, fresh.mime_headers = catalogue.header_comment, catalogue.mime_headers
    ours = messages(catalogue)
    for key, message in source.items():
        string = ours[key].string if key in ours else None
        flags = message.flags | (ours[key].flags if key in ours else set())
        fresh.add(message.id, string, auto_comments=comments(message), flags=flags)
    return fresh


def write(catalogue: Catalog, file: Path) -> None:
    """Write a catalogue, a line for each text, so that a change is a line as well."""
    with file.open("wb") as opened:
        write_po(opened, catalogue, width=10_000)  # comments are wrapped at 76 where there is no width


def bring_up_to_date(folder: Path = FOLDER) -> None:
    """Give the template and all languages the ids and comments of `en.po`."""
    source = messages(load(folder / SOURCE.name))
    for file in translations(folder):
        if is_stale(catalogue := load(file), source):
            write(updated(catalogue, source), file)


def main() -> int:
    """Check, or first bring up to date; return what the process exits with."""
    if "--write" in sys.argv[1:]:
        bring_up_to_date()
    found = problems()
    sys.stdout.writelines(f"{each}\n" for each in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
