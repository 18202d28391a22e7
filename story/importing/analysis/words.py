"""The words for breaks, chapters, times, contents and bylines, in several languages."""

import re
from functools import lru_cache

from story.importing.analysis.numbers import HAN, LINES_KEPT, NUMBER, ROMAN, WORDS

_I = re.IGNORECASE

_BREAK_WORDS = (
    r"(?:(?:scene|line|page|section|chapter|paragraph|horizontal)[\s-]*)?(?:breaks?|dividers?|separators?)(?: here)?"
    r"|(?:scene|p\.?o\.?v\.?|perspective|location|setting)[\s-]*(?:changes?|switch(?:es)?|shifts?|skips?|cuts?)"
    r"|(?:change|switch|shift) (?:of )?(?:scene|p\.?o\.?v\.?|perspective)"
    r"|(?:small |short |little |big )?time[\s-]*(?:skips?|jumps?|lapses?|shifts?)|skip|(?:insert )?line|lb"
    r"|zeitsprung|szenen(?:wechsel|umbruch|ende)|perspektivwechsel|sichtwechsel|ortswechsel|absatz|trennlinie"
    r"|changement de (?:sc[eè]ne|pdv|pov|point de vue)|saut (?:dans le temps|temporel|de ligne|de page)"
    r"|ellipse(?: temporelle)?"
    r"|salto (?:temporal|en el tiempo|de tiempo|no tempo|de l[ií]nea|temporale)|cambio de (?:escena|pdv|pov"
    r"|perspectiva)"
    r"|(?:quebra|pulo|passagem) de (?:tempo|linha|p[aá]gina|cena)|mudan[cç]a de (?:cena|pov|pdv)|cambio (?:scena|pov)"
    r"|sceneskift|scenbyte|tijdsprong|przeskok|смена сцены"
)
_END_WORDS = (
    r"(?:the )?end(?: of (?:the )?(?:chapter|part|book|story|file|flashback|dream)(?: \w+)?| file)?[?!]*"
    r"|end chapter(?: \w+)?|fin|finis"
    r"|ende(?: des kapitels| von kapitel \w+)?|fine|fim|koniec|konec|einde|slut|конец|完|终|終|终章完|終わり|おわり|끝"
    r"|to be continued|tbc|t\.b\.c\.?|fortsetzung folgt|wird fortgesetzt|(?:[aà] suivre)|continuar[aá]|continua"
    r"|wordt vervolgd|продолжение следует|つづく|続く|未完待续|待续"
)
_BREAK_WORD = re.compile(rf"(?:{_BREAK_WORDS}|{_END_WORDS})[\s.…!:]*")
# Letters used as an ornament: oOo, x-X-x, XXX, ooo, or a lone x. Kisses (xx, xoxo) and cries (Ooh) are words.
_LETTERED = re.compile(r"(?:([oO0])[xX]?[oO0][xX]?(?!\1{2,}$)[oO0xX]*|[xX]{3,}|[xX]|[oO0]{3,})")
_CRY = re.compile(r"Oo+|(?:xo)+|(?:XO)+|(?:ox)+|(?:OX)+|xox|XOX|oxo|OXO")

# ---- chapters

_CHAPTER_WORDS = (
    r"chapters?|chap|chp|chpt|ch|parts?|pt|books?|acts?|scenes?|episodes?|ep|volumes?|vol|canto|stave|letter|entry|section"
    r"|kapitel|kap|teil|buch|akt|szene|folge|brief|band|abschnitt|chapitres?|partie|livre|acte|sc[eè]ne|[eé]pisode|tome"
    r"|cap[ií]tulos?|cap|parte|libro|acto|escena|episodio|tomo|livro|ato|cena|epis[oó]dio|capitolo|atto|scena"
    r"|hoofdstuk|deel|boek|rozdzia[łl]|cz[eę][sś][cć]|kapitola|kapittel|kapitlet|luku|del|b[oö]l[uü]m|глава|часть|книга|том"
    r"|ch[uư][oơ]ng|bab|บทที่|ตอนที่"
)
_NAMED_CHAPTERS = (
    r"prolog(?:ue?)?|pr[oó]logo|пролог|[eé]pilog(?:ue?)?|ep[ií]logo|эпилог|interlude|interl[uú]dio|interludio|intermezzo"
    r"|zwischenspiel|intermission|entr['’]?acte|preface|foreword|afterword|introduction|vorwort|nachwort|pr[eé]face"
    r"|avant-propos|postface|prefacio|pref[aá]cio|bonus(?: chapter)?|teaser|coda|finale|zusatzkapitel|序章|序幕|楔子"
    r"|尾声|尾聲|终章|終章"
    r"|番外篇?|后记|プロローグ|エピローグ|幕間|프롤로그|에필로그|외전"
)
_OF_A_PLAY = re.compile(
    r"(?:act|scene|akt|szene|aufzug|acte|sc[eè]ne|acto|escena|ato|cena|atto|scena|акт|действие|сцена)\b"
)
_REST = r"(?P<sep>[\s:.·•–—|~/\u2015-]*)(?P<rest>.*)"
_CHAPTER = re.compile(
    rf"(?:the\s+)?(?:(?:{_CHAPTER_WORDS})\.?[\s#:n°º.-]*(?:the\s+)?(?P<number>{NUMBER.replace(ROMAN, ROMAN.lower())})"
    rf"|(?P<ordinal>{WORDS}|\d{{1,3}}(?:[.ºª°]|\s?(?:er|re|e|è[mr]e|st|nd|rd|th)\b)?)\s+(?:{_CHAPTER_WORDS})"
    rf"|(?P<named>{_NAMED_CHAPTERS})){_REST}",
)
_EASTERN = re.compile(
    rf"(?:第\s*[{HAN}]+\s*[章回节節話话卷部幕篇集]|제\s*\d+\s*[장화부편]|\d+\s*[화장])(?P<sep>[:：.、・\s-]*)(?P<rest>.*)"
)
_NUMBERED = re.compile(
    rf"(?P<number>{ROMAN}|\d{{1,3}}|(?-i:(?=[^\W_a-zà-ÿа-я]))(?i:{WORDS}))\s*[.):–—-]\s+(?P<rest>[^\W_a-z\d].*[^.!?,;:…\"'”’\s])"
)

# ---- times

_UNIT = (
    "(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|centur(?:y|ies)|"
    "sekunden?|minuten?|stunden?|tage?n?|nächte?|wochen?|monate?n?|jahre?n?|secondes?|heures?|jours?|semaines?|mois|"
    "ann[eé]es?|ans?|segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?|m[eê]s|giorn[oi]|settiman[ae]|"
    "mes[ei]|ann[oi])"
)
_AFTER = (
    "(?:later|earlier|ago|before|after|previously|past|sp[aä]ter|zuvor|fr[uü]her|danach|plus tard|plus t[oô]t|avant|"
    "apr[eè]s|auparavant|despu[eé]s|antes|atr[aá]s|m[aá]s tarde|depois|mais tarde|prima|dopo|pi[uù] tardi)"
)
_DAY = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi"
_DAY += "|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz"
_MONTH += "|mai|juni|juli|oktober|dezember|janvier|f[eé]vrier|mars|avril|juin|juillet|ao[uû]t|septembre|octobre"
_MONTH += "|novembre|d[eé]cembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
_MONTH += "|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro)"
_PART_OF_DAY = (
    "(?:morning|afternoon|evening|night|noon|midnight|dawn|dusk|sunset|sunrise|morgen|mittag|abend|nacht|matin"
)
_PART_OF_DAY += "|soir|nuit|mañana|tarde|noche|manhã|noite)"
_TIME_WORD = re.compile(
    rf"\b(?:{_UNIT}|{_DAY}|{_MONTH}|{_PART_OF_DAY}|later|earlier|meanwhile|ago|before|after|now|then|today|tomorrow"
    r"|yesterday|tonight|spring|summer|autumn|winter|christmas|flashbacks?|present|past|future|[ap]\.?m|\d{4}"
    r"|\d+[:.]\d\d|time skip|später|früher|damals|heute|inzwischen|währenddessen|plus tard|pendant ce temps|después"
    r"|mientras tanto|depois|enquanto isso)\b",
)
_TIME = re.compile(
    rf"(?:meanwhile(?:,? \S.*)?|(?:[\w'’-]+ ){{1,4}}{_UNIT} {_AFTER}(?: \w+)?|(?:later|earlier) that \w+"
    rf"|(?:il y a|vor|hace|h[aá]) .{{2,30}}"
    rf"|{_UNIT} {_AFTER}|(?:[\w'’]+ )?{_AFTER}|(?:the )?(?:next|following|same|previous|that) (?:{_PART_OF_DAY}"
    rf"|{_UNIT}|{_DAY})"
    rf"|(?:am |au |al |le |el |no |na )?(?:nächsten|folgenden|selben|lendemain|siguiente|seguinte"
    rf"|prochain) ?(?:{_UNIT}|{_PART_OF_DAY}|matin|soir)?"
    rf"|(?:al d[ií]a siguiente|no dia seguinte|le lendemain(?: matin| soir)?|la mañana siguiente|na manhã seguinte)"
    rf"|{_DAY}(?:,? {_PART_OF_DAY})?|(?:{_DAY},? )?(?:\d\d?(?:st|nd|rd|th|\.)? (?:of "
    rf"|de )?)?{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? (?:de )?\d{{4}})?"
    r"|(?:end (?:of )?)?flash[\s-]?backs?(?: (?:start|begins?|ends?|end|over|starts))?|(?:present|present day"
    r"|the present|back to (?:the )?present)"
    r"|(?:day|week|month|year|tag|woche|jour|d[ií]a) (?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|(?:then|now|before|after|today|yesterday|damals|heute|jetzt|avant|maintenant|antes|ahora|agora|depois)"
    r"|time[\s-]*(?:skip|jump)\b[\s:,–—-]*\S.*)[.:…]*",
)

# ---- what stands in front

CONTENTS = re.compile(
    r"(?:table of )?contents|toc|inhalt(?:sverzeichnis)?|table des mati[eè]res|sommaire|[ií]ndice|tabla de contenidos"
    r"|contenido|sum[aá]rio|indice|inhoud(?:sopgave)?|spis treści|содержание|оглавление|目录|目錄|目次|차례|목차"
    r"|chapters?",
    _I,
)
BYLINE = re.compile(
    r"(?:a (?:novel|story|novella|fan ?fiction) )?(?:written |geschrieben |écrit |escrito |scritto |story )?"
    r"(?P<by>by|von|par|por|di|door|av|af|przez|автор)\s*:?\s+(?P<names>\S.{0,80}?[^,;:!?…\s])[.]?",
    _I,
)
BY_ALONE = re.compile(r"(?:written )?by|von|par|por", _I)
KEYED = re.compile(
    r"(?:(?:story )?(?:title|name)"
    r"|authors?|titel|autor(?:in)?|titre|auteure?|t[ií]tulo|autora?|rating|rated|summary|warnings?|fandoms?"
    r"|pairings?|genres?|characters?|language|disclaimers?|status|published|words|chapters|tags|beta|story ?id"
    r"|author ?id|category|(?:last )?updated|packaged|publisher|(?:story |author )?url|source|content|altersfreigabe"
    r"|inhalt"
    r"|zusammenfassung|klappentext|warnungen|sprache|r[eé]sum[eé]n?|avertissements?|sinops[ie]s?|avisos|advertencias"
    r"|название|автор|рейтинг|описание|标题|书名|作者|简介|文案|タイトル|作者|あらすじ|제목|작가|줄거리)\s*[:：]\s*\S",
    _I,
)
PERSONS = re.compile(
    r"dramatis person(?:ae|æ)|(?:the )?(?:(?:cast|list) of )?(?:main |principal )?(?:characters|persons)"
    r"|(?:the )?cast(?: list)?"
    r"|(?:die |handelnde )?personen|besetzung|figuren|personajes|действующие лица|персонажи"
    r"|登場人物|人物介绍|人物表|등장인물"
    r"|personnages|personagens|personaggi",
    _I,
)


def small(text: str) -> str:
    """Return a text in lower case, of the same length: most patterns are in lower case, which is far faster."""
    return text.replace("İ", "I").lower()


@lru_cache(maxsize=LINES_KEPT)
def is_break_word(inner: str) -> bool:
    """Whether a line says in words that the scene breaks, or that something ends."""
    return bool(_BREAK_WORD.fullmatch(small(inner)))


def is_lettered(letters: str) -> bool:
    """Whether letters, without the signs between them, are an ornament such as oOo."""
    return bool(_LETTERED.fullmatch(letters)) and not _CRY.fullmatch(letters)


def is_time(inner: str, *, capitals: bool) -> bool:
    """Whether a line says when something happens; in capitals, one word of time is enough."""
    if _TIME.fullmatch(small(inner)):
        return True
    return capitals and has_time(inner) and not re.search(r"[\"“”!?]", inner)


def has_time(text: str) -> bool:
    """Whether there is a word of time in a line."""
    return bool(_TIME_WORD.search(small(text)))


@lru_cache(maxsize=LINES_KEPT)
def chapter_title(inner: str) -> str | None:
    """Return what follows the number in a chapter's heading, "" for nothing, or None if it is no such heading."""
    found = _CHAPTER.fullmatch(small(inner)) or _EASTERN.fullmatch(inner)
    if not found:
        return None
    rest = inner[found.start("rest") :].strip().strip(":：.·•–—|~/-、・ ")
    if not rest:
        return ""
    # A sentence that begins as a chapter does: `Part two of the plan was worse.`
    apart = found["sep"].strip() or not rest[0].islower()
    return rest if found["sep"] and apart and not (rest[-1] in ".,;" and " " in rest) else None


def is_of_a_play(title: str) -> bool:
    """Whether the heading of a chapter is that of an act or a scene."""
    return _OF_A_PLAY.match(small(title)) is not None


def numbered_title(inner: str) -> str | None:
    """Return the title in a line such as `IV. The Fire`, or None."""
    found = _NUMBERED.fullmatch(inner)
    return found["rest"].strip() if found else None
