"""What surrounds a story: its title and author, Gutenberg's header and licence, and a table of contents."""

import re
from dataclasses import dataclass, field
from itertools import takewhile

from story.importing.analysis import words
from story.importing.analysis.capitals import nicely
from story.importing.analysis.contents import leave_out_contents
from story.importing.analysis.evidence import Evidence
from story.importing.analysis.items import Item, What
from story.importing.analysis.looks import LONGEST_HEADING
from story.importing.block import Kind, Role

MOST_ITEMS = 60
"""How many lines from the top may say something about the story."""
NEAR_TITLE = 4
"""How many lines from the top may be a subtitle or the author's name."""
SURE_NARRATOR = 0.85

_KEYS = {
    "(?:story )?(?:title|name)|story|titel|titre|t[ií]tulo|titolo|название|标题|書名|书名|題名|タイトル|제목": "title",
    "authors?|by|written by|autore?(?:in|s)?|auteure?|autora|geschrieben von|écrit par|escrito por|автор|作者|著者"
    "|작가|지은이": "authors",
    "rating|rated|altersfreigabe|einstufung|рейтинг|分级|分級": "rating",
    "summary|blurb|description|synopsis|zusammenfassung|klappentext|inhalt|r[eé]sum[eé]n?|sinops[ie]s?|resumo"
    "|описание|аннотация|简介|簡介|文案|あらすじ|줄거리": "blurb",
    "(?:content |trigger |archive )?warnings?|content notes?|cw|tw|warnungen|avertissements?|advertencias?|avisos"
    "": "content_notes",
    "language|sprache|langue|idioma|lingua": "language",
    "fandoms?|pairings?|category|genres?|characters?|relationships?|words|word count|status|published|updated|beta"
    "|chapters|packaged|source|story url|author url|url|publisher|release date|reviews|favs|follows|id|credits?"
    "|character set encoding|produced by|translator|illustrator|posting date|last updated"
    "|story ?id|author ?id|content|additional tags|tags|ship|series|most recently updated|original publication"
    "|editor": "notes",
}
_KEYED = [
    (re.compile(rf"(?:{keys})\s*[:：]\s*(?P<value>\S.*)", re.IGNORECASE | re.DOTALL), name)
    for keys, name in _KEYS.items()
]
_LONGEST_MARK = 200
_START = re.compile(r"\W*START OF (?:THE|THIS) PROJECT GUTENBERG.*|\W*END\W*THE SMALL PRINT.*", re.IGNORECASE)
_END = re.compile(r"\W*(?:END OF (?:THE |THIS )?PROJECT GUTENBERG.*|START\W+FULL LICENSE.*)", re.IGNORECASE)
_PRODUCED = re.compile(
    r"(?:produced by|e-?text prepared by|transcribed|transcriber['’]s note|this etext was)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_AUTHOR = re.compile(r"[^\W\d_][^\W\d_.'’-]+(?: [^\W\d_][^\W\d_.'’-]*\.?){0,2} [^\W\d_][^\W\d_'’-]+")
_ENDS = re.compile(r"[.!?…。！？,;:\"“”’']$")
_RIGHTS = re.compile(
    r"(?:copyright\b|©|\(c\)|all rights reserved|isbn\b|(?:first )?published (?:by|in|\d)|this is a work of fiction\b"
    r"|any resemblance\b|no part of this (?:book|publication|work)\b|printed in\b|cover (?:design|art|image|photo)"
    r"|(?:first|second|third) edition\b|tous droits\b|alle rechte\b|todos los derechos|todos os direitos)",
    re.IGNORECASE,
)
# What stands on top of a manuscript for publishers: an e-mail address, or how many words there are.
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.[a-z]{2,}|\b(?:about|approx(?:imately|\.)?|ca\.|~) ?[\d,.]+ (?:words|wörter)\b",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"\*|(?<!\w)_|_(?!\w)")
_LANGUAGES = {
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
}
_LANGUAGES |= {
    "portuguese": "pt",
    "português": "pt",
    "italian": "it",
    "italiano": "it",
    "dutch": "nl",
    "nederlands": "nl",
}


@dataclass(slots=True)
class Front:
    """What a text says about its story."""

    title: str = ""
    sure: float = 1.0
    authors: list[str] = field(default_factory=list)
    rating: str = ""
    blurb: str = ""
    language: str = ""
    content_notes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def keyed(text: str) -> tuple[str, str] | None:
    """Return the key and the value of a line such as `Title: The Well`, or None."""
    if ":" not in text[:40] and "：" not in text[:40]:
        return None
    return next(
        ((name, found["value"].strip()) for pattern, name in _KEYED if (found := pattern.fullmatch(text))), None
    )


def names_in(text: str) -> list[str]:
    """Return the authors that a byline names."""
    return [name for each in re.split(r"\s*[,&]\s*|\s+(?:and|und|et|y|e)\s+", text) if (name := each.strip("*_ "))]


def leave_out_furniture(items: list[Item], front: Front) -> None:
    """Leave out Gutenberg's header and licence, after taking what they say, and the table of contents."""
    marks = [
        (place, item)
        for place, item in enumerate(items)
        if len(item.plain) <= _LONGEST_MARK and "GUTENBERG" in item.plain.upper()
    ]
    marks += [
        (place, item)
        for place, item in enumerate(items[:400])
        if len(item.plain) <= _LONGEST_MARK and _START.fullmatch(item.plain)
    ]
    start = max((place for place, item in marks if _START.fullmatch(item.plain)), default=-1)
    end = min((place for place, item in marks if place > start and _END.fullmatch(item.plain)), default=len(items))
    if start >= 0 or end < len(items):
        for item in items[: start + 1]:
            _take(front, item)
            item.decide(What.LEFT_OUT, "", 1, "what Project Gutenberg says")
        for item in items[end:]:
            item.decide(What.LEFT_OUT, "", 1, "what Project Gutenberg says")
        following = (item for item in items[start + 1 : start + 8] if item.is_prose)
        if (first := next(following, None)) and _PRODUCED.fullmatch(first.plain):
            first.decide(What.LEFT_OUT, "", 0.9, "who made the file")
    leave_out_contents(items)


def read_front(items: list[Item], front: Front, *, titled: str) -> None:
    """Take what the top says about the story; `titled` is the title, if the file knows it."""
    looked = [item for item in items[: MOST_ITEMS * 2] if item.what is not What.LEFT_OUT][:MOST_ITEMS]
    _take_marked_title(looked, front)
    _leave_out_contact(looked)
    looked = [item for item in looked if item.what is not What.LEFT_OUT]
    by = False
    for place, item in enumerate(looked):
        if item.what is What.BREAK or (item.look and item.look.inner.startswith("Illustration")):
            continue
        if by and item.look and item.what is What.PROSE:
            front.authors += names_in(nicely(item.look.inner)) if not front.authors else []
            item.decide(What.LEFT_OUT, "", 0.9, "the author")
            by = False
            continue
        if item.look and front.title and words.BY_ALONE.fullmatch(item.look.inner):
            item.decide(What.LEFT_OUT, "", 0.9, "a byline")
            by = True
            continue
        below = [each for each in looked[place + 1 :] if each.what is not What.BREAK]
        known = titled or front.title
        lone = item.what is What.POV and bool(below) and below[0].what in {What.POV, What.CHAPTER}  # tells nothing
        if (item.what is What.PROSE or lone) and (
            _take(front, item)
            or _byline(front, item, titled=bool(known))
            or _rights(front, item)
            or (known and place < NEAR_TITLE and _below_title(front, item, below, items))
        ):
            item.decide(What.LEFT_OUT, "", 0.9, "what is said of the story")
        elif _repeats_title(item, known):
            item.decide(What.LEFT_OUT, "", 0.9, "the title again")
        elif not known and (sure := _title(item, below, items)):
            front.title, front.sure = _written(item), sure
            item.decide(What.LEFT_OUT, "", sure, "the title")
        else:
            return


def _leave_out_contact(looked: list[Item]) -> None:
    """Leave out how to reach the author, which is nobody else's business."""
    for item in looked[:NEAR_TITLE]:
        if item.is_prose and len(item.plain) <= _LONGEST_MARK and _CONTACT.search(item.plain):
            item.decide(What.LEFT_OUT, "", 0.9, "how to reach the author")


def _take_marked_title(items: list[Item], front: Front) -> None:
    """Take the title from the line that the file marks as one."""
    for item in items:
        if item.block.role is Role.TITLE and not front.title:
            front.title = item.plain
            item.decide(What.LEFT_OUT, "", 1, "the title")


def _repeats_title(item: Item, title: str) -> bool:
    """Whether a line repeats the known title."""
    if not title or not item.look or not _same(item.look.inner, title):
        return False
    return item.what in {What.PROSE, What.CHAPTER, What.BREAK}


def _below_title(front: Front, item: Item, below: list[Item], items: list[Item]) -> bool:
    """Take in a subtitle, or the author's name alone."""
    if _is_subtitle(item, below):
        return True
    if front.authors or not _is_authors_name(item, items):
        return False
    front.authors.append(nicely(item.plain.strip("*_ ")))
    return True


def _is_subtitle(item: Item, below: list[Item]) -> bool:
    """Whether a line stands between the title and a byline."""
    if item.what is not What.PROSE or not item.look or not item.look.inner or _ENDS.search(item.look.inner):
        return False
    return bool(below) and len(item.plain) <= LONGEST_HEADING and (_is_byline(below[0]) or _is_name(below[0]))


def _is_byline(item: Item) -> bool:
    if item.what is not What.PROSE or not item.look:
        return False
    inner = item.look.inner
    return bool(words.BYLINE.fullmatch(inner) or words.BY_ALONE.fullmatch(inner)) or _is_author(item)


def _is_name(item: Item) -> bool:
    """Whether a line looks like the name of a person, first name and last."""
    guessed = item.what is What.POV and item.sure < SURE_NARRATOR
    if not (item.what is What.PROSE or guessed) or not item.look or not item.alone or item.block.level:
        return False
    inner = nicely(item.look.inner)
    return bool(_AUTHOR.fullmatch(inner)) and Evidence.is_common(inner) and all(w[0].isupper() for w in inner.split())


def _is_authors_name(item: Item, items: list[Item]) -> bool:
    """Whether a line is somebody's name that no other line has: that would be a narrator."""
    return _is_name(item) and not any(_same(each.plain, item.plain) for each in items if each is not item and each.look)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", " ", one).strip().casefold() == re.sub(r"\W+", " ", other).strip().casefold()


def _written(item: Item) -> str:
    return item.look.inner.strip('"“” ') if item.look else item.plain


def _take(front: Front, item: Item) -> bool:
    """Take in a line such as `Title: The Well`, if it is one."""
    plain = _EMPHASIS.sub("", item.plain) if item.block.runs else ""
    found = keyed(plain) if len(plain) < 2000 else None  # noqa: PLR2004 - a summary is no longer
    if found is None:
        return False
    name, value = found
    match name:
        case "notes":
            front.notes.append(plain)
        case "content_notes":
            front.content_notes += filter(None, re.split(r"\s*[,;]\s*", value))
        case "authors":
            front.authors += names_in(value) if not front.authors else []
        case "language":
            front.language = _LANGUAGES.get(value.casefold(), "")
        case _ if not getattr(front, name):
            setattr(front, name, value)
    return True


def _byline(front: Front, item: Item, *, titled: bool) -> bool:
    """Take in a line such as `by Ada`, under a title."""
    found = words.BYLINE.fullmatch(item.look.inner) if item.look else None
    if not found or not titled or item.look is None:
        return False
    if found["by"].casefold() != "by" and not found["names"][0].isupper():
        return False
    if not front.authors:
        front.authors += names_in(found["names"])
    return True


def says_rights(text: str) -> bool:
    """Whether a paragraph is one of a page about copyright."""
    return _RIGHTS.match(text) is not None


def _rights(front: Front, item: Item) -> bool:
    if not says_rights(item.plain):
        return False
    front.notes.append(item.plain)
    return True


def _title(item: Item, below: list[Item], items: list[Item]) -> float:  # noqa: PLR0911 - one for each kind of evidence
    """Return how sure it is that a line is the story's title, by what is below it; 0 for not at all."""
    look = item.look
    if (
        look is None
        or not look.inner
        or item.what not in {What.PROSE, What.TIME}
        or item.is_picture
        or len(look.inner) > LONGEST_HEADING
    ):
        return 0
    following = below[0] if below else None
    if following is None or words.PERSONS.fullmatch(look.inner) or words.CONTENTS.fullmatch(look.inner):
        return 0
    if _is_byline(following):
        return 0.95
    begins = len(below) > 1 and below[1].what in {What.CHAPTER, What.POV}
    named = begins and _is_name(following)
    if item.what is What.PROSE and not _ENDS.search(look.inner) and (named or _is_subtitle(following, below[1:])):
        return 0.9
    if item.what is What.TIME:
        return 0
    if item.block.level:
        lone = sum(each.block.level == item.block.level for each in items) == 1
        lower = any(each.block.level > item.block.level for each in items)
        return 0.9 if lone and (lower or item.block.level == 1) else 0
    if look.colon or _ENDS.search(look.inner) or item.plain.lstrip()[:1] in "\"“„«‘'([":
        return 0
    dated = len(following.plain) <= LONGEST_HEADING and words.has_time(following.plain)
    front = list(takewhile(lambda each: each.what is What.PROSE and _is_short(each), below[:NEAR_TITLE]))
    leads = len(below) > len(front) > 0 and below[len(front)].what is What.CHAPTER
    headed = following.look is not None and following.look.capitals and following.alone and _is_short(following)
    heads = headed or (
        leads or (dated and following.alone) or following.what in {What.CHAPTER, What.POV} or following.block.level > 0
    )
    if item.alone and (heads or look.capitals or _breaks_after(item, items)):
        return 0.85
    starts = not look.inner[0].islower() and not look.inner[0].isdecimal()
    long = len(following.plain) > max(2 * len(look.inner), 30)
    return 0.6 if item.alone and starts and long and len(look.inner.split()) <= 8 and following.is_prose else 0  # noqa: PLR2004 - a line of eight words is short


def _is_short(item: Item) -> bool:
    return len(item.plain) <= LONGEST_HEADING and not _ENDS.search(item.plain)


def _is_author(item: Item) -> bool:
    return (keyed(item.plain) or ("", ""))[0] == "authors"


def _breaks_after(item: Item, items: list[Item]) -> bool:
    place = items.index(item)
    return (
        place + 1 < len(items)
        and items[place + 1].what is What.BREAK
        and items[place + 1].block.kind is not Kind.PAGE
        and len(item.plain.split()) > 1
    )
