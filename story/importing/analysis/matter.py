"""Decides what surrounds the chapters: a list of characters, thanks, about the author, and the like."""

import re
from bisect import bisect_right
from itertools import takewhile

from story.importing.analysis import words
from story.importing.analysis.items import Item, What
from story.importing.analysis.looks import LONGEST_HEADING
from story.importing.block import Kind, Role

MOST_IN_FRONT = 12
"""How many paragraphs before the first chapter may be front matter."""
LONGEST_ENTRY = 160
"""The most characters of an entry in a list of characters."""

_WHOSE = r"(?:the )?(?:author|translator|editor|illustrator|writer)(?:['’]?s)?"
_ABOUT = re.compile(
    rf"(?:acknowledge?ments?|(?:a (?:word|note) )?(?:about|from|on|by) {_WHOSE}|dedications?|glossary"
    r"|bibliography|works cited|copyright(?: page| notice)?|colophon|imprint|(?:book club |reading group )?discussion"
    r" questions|(?:also|other (?:books|works|stories|titles)|more(?: books)?|(?:books|works|titles)) by .{2,50}"
    r"|also in (?:this|the) series|transcriber['’]?s['’]? notes?"
    r"|anmerkungen zur transkription|(?:review )?(?:replies|responses)(?: to reviews)?"
    r"|danksagung(?:en)?|über (?:die |den )?autor(?:in|innen|en)?"
    r"|(?:weitere|andere) (?:bücher|werke|romane|titel) .{3,50}"
    r"|glossar|widmung|impressum"
    r"|remerciements|(?:à propos|au sujet) de l['’]auteure?|l['’]auteure?|d[ue] (?:la )?même auteure?|glossaire"
    r"|dédicace"
    r"|agradecimientos|(?:sobre|acerca de) (?:el|la|del) autora?|acerca del? (?:la )?autora?"
    r"|otr[ao]s (?:libros|obras) .{3,50}|glosario|dedicatoria"
    r"|agradecimentos|sobre [oa] autora?|outr[ao]s (?:livros|obras) .{3,50}|gloss[aá]rio|dedicatória"
    r"|ringraziamenti|(?:l['’]autore|l['’]autrice|dello stesso autore)|glossario)",
    re.IGNORECASE,
)
_HEADED = re.compile(
    rf"{_WHOSE} notes?|notes? d(?:e (?:l['’]auteure?|la traductrice)|u traducteur)|notas? d(?:el?|[ao]|e la) \w+ra?"
    r"|anmerkung(?:en)? (?:de[rs]|von) .{3,40}",
    re.IGNORECASE,
)
_ENDNOTES = re.compile(
    r"(?:foot|end)?notes?|fu(?:ß|ss)noten|anmerkungen|endnoten|notes (?:de bas de page|de fin)"
    r"|notas(?: (?:al|de) .{3,8})?",
    re.IGNORECASE,
)
_ENDNOTE = re.compile(r"\W{0,2}(?:\d{1,3}|[*†‡§]{1,3}|[a-zA-Z])\W")
_PREVIEW = re.compile(
    r"(?:(?:an? |(?:keep |please )?(?:read|turn)(?:ing)? (?:on|the page) for (?:an? )?|here is (?:an? )?)?"
    r"(?:special |exclusive |sneak |bonus |free )*"
    r"(?:preview|peek|excerpt|extract|sample)\b.{0,80}|coming (?:soon|next)\b.{0,60}|(?:eine )?leseprobe\b.{0,80}"
    r"|extrait (?:de|du)\b.{0,80}|adelanto de\b.{0,80}|prévia de\b.{0,80})",
    re.IGNORECASE,
)
_DEDICATED = re.compile(
    r"(?:for|to|in memory of|für|in erinnerung an|à|pour|en mémoire de|para|a|per)\s+\S", re.IGNORECASE
)
_DEDICATION = re.compile(
    r"(?:(?:for|to|für|pour|para|per|dla|voor)\s+(?:my|our|all|everyone|every|anyone|those|mein\w*|alle|ma|mon|mes|tous|mi"
    r"|mis|todos|minha|meus?|todas|mia|mio|tutti|mojej|mojego|wszystkich|mijn|iedereen|(?-i:[^\W\d_a-z])[^\W\d_]*)\b"
    r"|à (?:ma|mon|mes|tous)\b|in (?:loving )?memory of\b|in erinnerung an\b|dedicated to\b|посвящается\b"
    r"|моей\b|моему\b)"
    r"(?:\s+(?!(?:it|he|she|they|there|nothing|was|were|had|is|began)\b)[\w'’.&-]+){0,5}(?:,\s.{0,60})?[.!]?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?…:;]['\"”’»)]*$")
_QUOTE = "\"“„«‘'—–―"


def find_matter(items: list[Item]) -> None:
    """Decide which headings begin something about the story, and how far it goes."""
    ended = False
    chapters = [place for place, item in enumerate(items) if item.what in {What.CHAPTER, What.POV}]
    for place, item in enumerate(items):
        ended = ended or (_is_late(place, items) and (_is_end(item) or _is_behind(item)))
        if ended and _is_preview(item):
            _take(items[place:], "a preview of another story")
            break
        if not _may_begin(item) or item.look is None:
            continue
        inner = item.look.inner
        if words.PERSONS.fullmatch(inner):
            _take([item, *takewhile(_is_entry, items[place + 1 :])], "a list of persons")
        elif item.block.level and _HEADED.fullmatch(inner):
            under = takewhile(lambda each: each.what is not What.BREAK, _under(items, place, chapters))
            _take([item, *under], "it is about the story")
        elif _ABOUT.fullmatch(inner) or (_ENDNOTES.fullmatch(inner) and _are_endnotes(items[place + 1 : place + 4])):
            ended = ended or _is_late(place, items)
            _take([item, *_under(items, place, chapters)], "it is about the story")
    _find_front(items)


def _may_begin(item: Item) -> bool:
    if item.what not in {What.PROSE, What.CHAPTER} or item.block.role is not Role.BODY or not item.look:
        return False
    return item.alone and not item.block.bullet and len(item.plain) <= LONGEST_HEADING * 2


def _is_preview(item: Item) -> bool:
    said = item.what in {What.PROSE, What.CHAPTER, What.NOTE} and item.block.role is Role.BODY
    return said and len(item.plain) <= LONGEST_HEADING * 2 and _PREVIEW.fullmatch(item.plain) is not None


def _is_end(item: Item) -> bool:
    return item.what is What.BREAK and item.look is not None and words.is_break_word(item.look.inner)


def _is_behind(item: Item) -> bool:
    """Whether a line begins what the file itself marks as back matter."""
    return item.block.role is Role.NOTE and item.look is not None and _ABOUT.fullmatch(item.look.inner) is not None


def _is_entry(item: Item) -> bool:
    """Whether a paragraph may belong to a list of characters."""
    if item.what is not What.PROSE or item.block.kind is Kind.HEADING or len(item.plain) > LONGEST_ENTRY:
        return False
    return bool(item.block.bullet) or not _ENDS.search(item.plain)


def _are_endnotes(items: list[Item]) -> bool:
    return bool(items) and items[0].what is not What.CHAPTER and _ENDNOTE.match(items[0].plain) is not None


def _under(items: list[Item], place: int, chapters: list[int]) -> list[Item]:
    """Return what is under a heading, up to the next chapter or the end; in front of a whole story, one paragraph."""
    following = bisect_right(chapters, place)
    if following < len(chapters):
        return items[place + 1 : chapters[following]]
    return items[place + 1 :] if _is_late(place, items) else items[place + 1 : place + 2]


def _is_late(place: int, items: list[Item]) -> bool:
    """Whether the story may have ended by then: an excerpt after it may be long."""
    return 3 * place > len(items)


def _take(taken: list[Item], why: str) -> None:
    """Turn these into notes."""
    sure = 0.9
    for item in taken:
        if item.what is not What.LEFT_OUT and item.block.runs:
            item.decide(What.NOTE, "", sure, why)
            sure = 1
        else:
            item.decide(What.LEFT_OUT, "", 1, why)


def _find_front(items: list[Item]) -> None:
    """Turn what is before the first chapter into notes, if none of it is a sentence: publisher, dedication."""
    first = next((place for place, item in enumerate(items) if item.what in {What.CHAPTER, What.POV}), 0)
    before = [item for item in items[:first] if item.is_prose and item.block.runs]
    if len(before) > MOST_IN_FRONT or not any(
        item.is_prose and len(item.plain) > LONGEST_ENTRY // 4 for item in items[first:]
    ):
        return
    brief = all(len(item.plain) <= LONGEST_ENTRY for item in before)
    if before and brief and before[0].alone and _DEDICATION.fullmatch(before[0].plain):
        before.pop(0).decide(What.NOTE, "", 0.8, "a dedication, before the first chapter")
    if all(_is_in_front(item) for item in before):
        for item in before:
            surely = item.look is not None and (item.look.capitals or _DEDICATED.match(item.plain))
            item.decide(What.NOTE, "", 0.8 if surely else 0.7, "no sentence, before the first chapter")


def _is_in_front(item: Item) -> bool:
    if item.block.quoted or item.block.level or item.is_picture or item.plain[:1] in _QUOTE:
        return False
    return len(item.plain) <= LONGEST_HEADING and not _ENDS.search(item.plain.replace("ETC.", ""))
