"""Lines that say in words whose point of view follows, in several languages."""

import re
from functools import lru_cache
from typing import NamedTuple

from story.importing.analysis.capitals import capital, nicely
from story.importing.analysis.genitive import is_cyrillic
from story.importing.analysis.numbers import LINES_KEPT
from story.importing.analysis.words import small

_I = re.IGNORECASE


class View(NamedTuple):
    """Whose point of view a line announces, and what else it says, such as when; `general` if it is nobody's.

    `sure` says that the words leave no doubt; `genitive` that the name's end may be that of a genitive.
    """

    name: str
    remark: str = ""
    general: bool = False
    sure: bool = True
    genitive: bool = False


# Short forms, which mean nothing else; and words that also mean much else.
_SHORT = r"(?:p\.?\s?o\.?\s?v\.?['’]?s?|p\.?\s?d\.?\s?v\.?|p\.o\.v)"
_LONG = (
    r"(?:points?[\s-]of[\s-]views?|view\s?points?|point\s+de\s+vue|punto\s+de\s+vista|ponto\s+de\s+vista|punto\s+di\s+vista"
    r"|perspective|perspektive|perspectiva|perspectief|perspektiv|perspektywa|prospettiva|sichtweise|sicht|blickwinkel"
    r"|synvinkel|vis[aã]o|vista|gezichtspunt|punkt\s+widzenia|точка\s+зрения)"
)
_VIEW = rf"(?:{_SHORT}|{_LONG})"
_TELLS = (
    r"(?:told|narrated)\s+by|(?:narrator|erz[aä]hler(?:in)?|narrateur|narratrice|narrador[ae]?)s?\s*:|erz[aä]hlt\s+von|raconté\s+par|narr[ée]\s+par|vu\s+par|narrad[oa]\s+por"
    r"|contad[oa]\s+por|through\s+(?=\S+['’]s\s+eyes)|narra(?:\s+por)?|raccontato\s+da|opowiada|verteld\s+door"
    r"|(?:повествование\s+)?от\s+(?:лица|имени)|рассказывает|глазами|oczami|(?:through|by)\s+the\s+eyes\s+of"
    r"|durch\s+die\s+augen\s+(?:von|der|des)|(?:à\s+travers|par)\s+les\s+yeux\s+d(?:e\s|['’])"
    r"|(?:a\s+través\s+de\s+)?los\s+ojos\s+de|pelos\s+olhos\s+d[aeo]|(?:con|attraverso)\s+gli\s+occhi\s+di"
    r"|door\s+de\s+ogen\s+van"
)
_LEAD = (
    r"(?:(?:(?:switch(?:ing|ed)?|chang(?:e|ing|ed)|return(?:ing)?|go(?:ing)?|shift(?:ing)?|cut|now|and)\s+)?(?:back\s+)?(?:to|in|with)"
    r"|from|still|now|start(?:\s+of)?|begin|meanwhile\s+in|now\s+in|zur[uü]ck\s+zu|wechsel\s+zu|aus|wieder|retour\s+(?:au|à|a)|(?:de\s+)?vuelta\s+a[l]?"
    r"|vanuit|de\s+volta\s+(?:ao|à|a)|volta(?:ndo)?\s+(?:ao|para\s+o)|desde|pela|pelo|na|no|du|dal|dalla|sous|sob|visto\s+por|back)\s+"
)
_ARTICLE = r"(?:the|der|die|das|den|dem|le|la|el|o|a|il|het|de)\s+"
_CHANGE = r"\s+(?:changes?|switch(?:es)?|shifts?|wechsel)\b(?:\s+to\b)?|\s+to\b"
_OF = (
    r"(?:\s*[:：=|–—~/-]+\s*"
    r"|\s+(?:of|von|vom|der|des|du|d[ao]s?|del|de\s+la|de|di|della|dello|van|af|av|för)\s+|\s+d['’]|\s+)"
)
_IN_FRONT = re.compile(
    rf"(?:{_LEAD}|(?:switch|chang)ing\s+)?(?:{_ARTICLE})?(?P<view>{_VIEW})(?:{_CHANGE})?{_OF}(?P<name>\S.*)", _I
)
_AGAIN = r"cont(?:inued|['’]?d|\.)?|again|part \w+"
_GLUED = "(?-i:(?<=[a-zß-ÿ])(?=POV))"  # as in `MaraPOV`
_BEHIND_ALONE = re.compile(
    rf"(?P<name>\S.*?)(?:\s*[:|–—~/-]+\s*|\s+|{_GLUED})(?P<view>{_VIEW})(?:\s+(?:aus|{_AGAIN}|\d{{1,2}}))?", _I
)
_BEHIND_LEAD = re.compile(rf"{_LEAD}{_BEHIND_ALONE.pattern}", _I)
_TOLD = re.compile(
    rf"(?:{_TELLS})\s*:?\s*(?P<name>\S.*?)(?:['’]s\s+eyes)?|(?P<behind>[^\W\d_]\S*)\s+(?:narra|narrando|raconte|erz[aä]hlt)",
    _I,
)
_EASTERN = re.compile(
    r"[【\[《(（「]?\s*(?P<name>[^\s【\[《(（「】\]》)）」:：]{1,12}?)\s*(?:的|の|의)?\s*(?:视角|視角|视点|視点|目線|サイド|시점|(?<=[^\x00-\x7f])side)\s*[】\]》)）」]?[:：]?"
    r"|(?:视角|視角|視点|side|サイド)\s*[:：・]?\s*(?P<side>[^\s:：]{1,12})"
)
_HAS_VIEW = re.compile(
    r"person|pessoa|allwissend|onniscient|p\.?\s?o\.?\s?v|p\.?\s?d\.?\s?v|v[iu]e|vista|perspe[ck]|prospett|sicht|blickw|synv|vis[aã]o|gezichts|зрения|лица|имени|глаз|рассказ|oczami|widzenia|opow|verteld|augen|yeux|ojos|olhos|occhi|ogen|told|narra|erz|racon"
    r"|cont|eyes|vu par|视|視|目線|サイド|side|시점",
)
_TELLER = re.compile(
    r"(?P<name>erzähler(?:in)?|autor(?:en)?|auktoriale?|allgemeine)[\s-]?(?:sicht|perspektive)"
    r"|(?P<alone>narrador[a]? omnisciente|narrateur omniscient|omniscient narrator|narratore onnisciente"
    r"|allwissender erzähler"
    r"|от третьего лица"
    r"|(?:third|3rd)[\s-]person(?: limited| omniscient)?|tercera persona|terceira pessoa|troisième personne"
    r"|dritte person)",
    _I,
)
_REMARK = re.compile(r"(?P<before>.*\S)\s*[(\[{](?P<remark>[^()\[\]{}]{1,60})[)\]}]\s*")
_PARTS = re.compile(r"(?:\s*[:,|–—-]|\s+[♡♥❤★☆•·~♪♫]\ufe0f?)\s+(?=\S.{1,59}$)")
_BEFORE_VIEW = re.compile(r"\s*[:,|–—-]\s+|\s+(?=[(\[])")
_SENTENCE = re.compile(r".*[,:–—-]\s+(?:\S+\s+){4,}\S+[.!?…]")
_FILLER = re.compile(
    (
        r"cont(?:inued|['’]?d|\.)?|again|still|(?:1st|first|3rd|third|2nd|second) person.{0,20}|part \w+"
        r"|fortsetzung|suite|p\.?o\.?v\.?"
    ),
    _I,
)

_GENERAL = re.compile(
    r"(?:the )?(?:third|3rd|3e|3\.)(?:[\s-]*(?:person|parties|party|persons)(?:'?s)?)?(?:[\s-]+(?:limited"
    r"|omniscient|narrator|general))?"
    r"|general|generic|normal|regular|neutral|omniscient|omnipresent|no ?(?:one|body)|none|narrat(?:or|ion|eur"
    r"|rice)|(?:the )?author|(?:the )?narrator"
    r"|unknown|every(?:one|body)|outsider?|outside|all(?:gemein)?e?|auktorial|(?:der |die )?erz[aä]hler(?:in)?"
    r"|dritte[nr]? person|niemand(?:en)?"
    r"|autor(?:in)?|narrateur|narratrice|omniscient|externe|g[eé]n[eé]rale?|troisi[eè]me personne|auteure?"
    r"|personne|neutre"
    r"|narrador[ao]?|omnisciente|onisciente|tercera persona|3(?:ra|era|ª|a) pers(?:ona|oa)|terceira pessoa|nadie"
    r"|ningu[eé]m|geral|autora|externo|terza persona|narratore"
    r"|автора?|рассказчика?|никто|никого|narratora?|nikt|auteur|verteller|niemand"
    r"|第三人称|第三者|三人称|上帝|作者|全知|3인칭|전지적(?: 작가)?|작가|神",
    _I,
)
_GERMAN = re.compile(r"sicht|sichtweise|perspektive|blickwinkel", _I)
_OF_NAMES_IN_S = re.compile(r"sicht|perspektiv|perspectief|blick|synv|p\.?o\.?v", _I)
_POLISH = re.compile(r"perspektywa|widzenia|oczami", _I)
_THIRD = re.compile(r"(?:the )?(?:third|3rd)(?:[\s-]*person(?:'?s)?)?(?:[\s-]+(?:limited|omniscient))?", _I)
_BENT = {"автора": "Автор", "рассказчика": "Рассказчик", "никого": "Никто", "narratora": "Narrator"}
_NOBODY = re.compile(r"no ?(?:one|body)", _I)

_AROUND = {"()", "[]", "{}", "<>", "«»", "【】", "“”", '""', "„“", "‘’", "''", "「」"}
_PRONOUNS = {
    "your": "You",
    "my": "Me",
    "his": "Him",
    "her": "Her",
    "their": "Them",
    "reader": "Reader",
    "mi": "Yo",
    "mein": "Ich",
}
_LINK = re.compile(
    r"^(?:of|von|vom|d['’]|de\s+la\s+|del\s+|de\s+|d[ao]s?\s+|du\s+|di\s+|des\s+|van\s+)(?=[^\W\d_a-z]|\s)\s*", 0
)
_POSSESSIVE = re.compile(r"(?:['’`´]\s?s|(?<=[sxz])['’`´])$", _I)
_WORD = r"[^\W\d_][\w.'’-]*"
_NAME = re.compile(
    rf"(?:the\s+)?{_WORD}(?:\s+(?:(?:and|und|et|e|y|of|the|de|la|von|van|da|do|der)\s+|&\s+)?{_WORD}){{0,3}}"
    rf"|{_WORD}(?:\s*[/&+]\s*{_WORD}){{1,3}}",
    _I,
)
_UNKNOWN = re.compile(r"\?{2,5}")
_SIGNS = re.compile(r"^[^\w&]+|[^\w.'’`´]+$|_+$")
_INSERT = re.compile(r"\(?\s*(?P<one>[yY]|[fFlL])\s*/\s*(?P<two>[nN])\s*\)?")
_BETWEEN = {"and", "und", "et", "y", "e", "of", "the", "de", "la", "von", "van", "da", "do", "der", "&"}
_NO_NAME = re.compile(
    r"(?:an?|its?|our|my|your|his|her|their|nice|back|still|now|aus|von|zurück|desde|retour|from|to|in|on|at"
    r"|this|that|one|different|another|multiple|dual|alternating|single|first(?: person)?|1st(?: person)?"
    r"|second person"
    r"|change|switch|new|same|meiner?|deiner?|seiner?|ihrer?|unserer?|dieser?|mon|ma|ton|son|ce|mi|tu|su"
    r"|este|meu|minha|seu|sua|your own)(?:\s.*|$)",
    _I,
)


@lru_cache(maxsize=LINES_KEPT)
def view_in(line: str) -> View | None:
    """Return whose point of view a line without ornaments announces, or None if it announces none."""
    if not _HAS_VIEW.search(small(line)):
        return None
    line = line.strip().rstrip(":").strip()
    inner = line[1:-1].strip() if line and line[0] + line[-1] in _AROUND else line
    found = _whole(inner)
    if found:
        return found
    if parted := _REMARK.fullmatch(inner):
        before, remark = parted["before"].strip(), parted["remark"]
        if re.fullmatch(_VIEW, remark, _I):
            return _whole(f"{before} {remark}")
        return _with_remark(_whole(before), remark)
    if _SENTENCE.fullmatch(inner):
        return None
    views = (_with_remark(_whole(inner[: at.start()]), inner[at.end() :]) for at in _PARTS.finditer(inner))
    return next(filter(None, views), None)


def view_behind(title: str) -> View | None:
    """Return whose point of view a chapter's title announces, in all of it or at its end."""
    ends = [title.strip("()[]"), *(title[at.end() :].strip("()[] ") for at in _BEFORE_VIEW.finditer(title))]
    return next(filter(None, map(view_in, ends)), None)


def _with_remark(found: View | None, remark: str) -> View | None:
    return found and found._replace(remark="" if _FILLER.fullmatch(remark) else remark)


def _whole(line: str) -> View | None:
    if teller := _TELLER.fullmatch(line):
        return View(_general(teller["name"] or teller["alone"]), general=True)
    for pattern in (_EASTERN, _IN_FRONT, _BEHIND_ALONE, _BEHIND_LEAD, _TOLD):
        found = pattern.fullmatch(line)
        if not found:
            continue
        groups = found.groupdict()
        word = groups.get("view") or ""
        name = groups.get("name") or groups.get("side") or groups.get("behind") or ""
        behind = pattern in {_BEHIND_ALONE, _BEHIND_LEAD}
        bent = _POLISH.search(line) is not None
        view = _view(name.strip(), word, behind=behind, eastern=pattern is _EASTERN, bent=bent)
        if view:
            return view
    return None


def _view(name: str, word: str, *, behind: bool, eastern: bool, bent: bool) -> View | None:  # noqa: PLR0911 - one a kind
    if insert := _INSERT.fullmatch(_POSSESSIVE.sub("", name)):
        return View(f"{insert['one'].upper()}/{insert['two'].upper()}")
    if _UNKNOWN.fullmatch(name):
        return View(name)
    name = _LINK.sub("", _SIGNS.sub("", name)).strip()
    possessive = bool(_POSSESSIVE.search(name))
    name = _POSSESSIVE.sub("", name).strip()
    if _GENERAL.fullmatch(name):
        return View(_general(name), general=True)
    short = not word or re.fullmatch(_SHORT, word, _I) is not None
    if name.casefold() in _PRONOUNS and short and word and (name[0].isupper()):
        return View(_PRONOUNS[name.casefold()], sure=False)
    if eastern:
        return View(name) if name and not name.isdecimal() else None
    words = [each for each in re.split(r"[\s/&+]+", name) if each.casefold() not in _BETWEEN]
    if behind and not possessive and _GERMAN.fullmatch(word) and name[-1].casefold() not in "sxzß":
        return None
    if not words or not _NAME.fullmatch(name) or _NO_NAME.fullmatch(name):
        return None
    # In lower case, only a single word before the short form is a name: much depends on one's point of view.
    written = all(each[0].isupper() or not each[0].islower() for each in words) or (
        short and (name.casefold().startswith("the ") or (behind and len(words) == 1))
    )
    if not written:
        return None
    name = f"The {capital(name[4:])}" if name.startswith("the ") else name
    name = " ".join(map(capital, name.split())) if name.islower() else name
    genitive = not possessive and len(name) > 3 and (bent or _may_be_genitive(name, word, behind=behind))  # noqa: PLR2004 - a name and its ending
    return View(nicely(name), genitive=genitive)


def _may_be_genitive(name: str, word: str, *, behind: bool) -> bool:
    """Whether a name may have an ending: German and Dutch have an `s` before the word, Slavic languages bend it."""
    if name[-1] in "sS":
        return behind and _OF_NAMES_IN_S.search(word) is not None
    return is_cyrillic(name)


def _general(name: str) -> str:
    """Return the file's name for the point of view that is nobody's."""
    if _THIRD.fullmatch(name):
        return "Third Person"
    if name.casefold() in _BENT:
        return _BENT[name.casefold()]
    if _NOBODY.fullmatch(name):
        return "No One" if "one" in name.casefold() else "Nobody"
    name = name.removeprefix("the ").removeprefix("The ").removeprefix("THE ")
    return nicely(name) if name.isupper() else capital(name)
