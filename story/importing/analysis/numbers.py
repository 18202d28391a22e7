"""Numbers as the headings of chapters have them: in digits, Roman numerals or words, in the languages of writers."""

import re
from functools import lru_cache

LINES_KEPT = 256
"""How many lines' looks are remembered: a file's reader and the analysis of its blocks both look at each."""

MOST_SPACES = 2
"""The most spaces within a number, as in `No. twenty one`."""

ROMAN = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
HAN = "0-9０-９一二三四五六七八九十百千零〇两"
# A number a line, in English, Spanish, German, French, Portuguese and Italian; then in Polish, Dutch and Russian.
_CARDINALS = (
    "one uno eins eine ein un une um uma",
    "two dos zwei deux dois duas due",
    "three tres drei trois três tre",
    "four cuatro vier quatre quatro quattro",
    "five cinco fünf cinq cinque",
    "six seis sechs sei",
    "seven siete sieben sept sete sette",
    "eight ocho acht huit oito otto",
    "nine nueve neun neuf nove",
    "ten diez zehn dix dez dieci",
    "eleven once elf onze undici",
    "twelve doce zwölf douze doze dodici",
    "thirteen trece dreizehn treize treze tredici",
    "fourteen catorce vierzehn quatorze catorze quattordici",
    "fifteen quince fünfzehn quinze quindici",
    "sixteen dieciséis sechzehn seize dezesseis sedici",
    "seventeen diecisiete siebzehn dix-sept dezessete diciassette",
    "eighteen dieciocho achtzehn dix-huit dezoito diciotto",
    "nineteen diecinueve neunzehn dix-neuf dezenove diciannove",
    "twenty veinte zwanzig vingt vinte venti",
)
_MORE_CARDINALS = (
    "jeden jedna een één один одна",
    "dwa dwie twee два две",
    "trzy drie три",
    "cztery четыре",
    "pięć vijf пять",
    "sześć zes шесть",
    "siedem zeven семь",
    "osiem восемь",
    "dziewięć negen девять",
    "dziesięć tien десять",
    "jedenaście одиннадцать",
    "dwanaście twaalf двенадцать",
    "trzynaście dertien тринадцать",
    "czternaście veertien четырнадцать",
    "piętnaście vijftien пятнадцать",
    "szesnaście zestien шестнадцать",
    "siedemnaście zeventien семнадцать",
    "osiemnaście achttien восемнадцать",
    "dziewiętnaście negentien девятнадцать",
    "dwadzieścia twintig двадцать",
)
_ORDINALS = (
    "first primero primera erstes erster erste premier première primeiro primeira primo prima",
    "second segundo segunda zweites zweiter zweite deuxième seconde secondo seconda",
    "third tercero tercera drittes dritter dritte troisième terceiro terceira terzo terza",
    "fourth cuarto cuarta viertes vierter vierte quatrième quarto quarta",
    "fifth quinto quinta fünftes fünfter fünfte cinquième",
    "sixth sexto sexta sechstes sechster sechste sixième sesto sesta",
    "seventh séptimo séptima siebtes siebter siebte septième sétimo sétima settimo settima",
    "eighth octavo octava achtes achter achte huitième oitavo oitava ottavo ottava",
    "ninth noveno novena neuntes neunter neunte neuvième nono nona",
    "tenth décimo décima zehntes zehnter zehnte dixième decimo decima",
    "eleventh undécimo undécima elftes elfter elfte onzième undicesimo",
    "twelfth duodécimo duodécima zwölftes zwölfter zwölfte douzième dodicesimo",
    "last final letztes letzter letzte dernier dernière último última ultimo ultima",
)
_MORE_ORDINALS = (
    "pierwszy pierwsza eerste первый первая",
    "drugi druga tweede второй вторая",
    "trzeci trzecia derde третий третья",
    "czwarty czwarta vierde четвёртый четвертый четвёртая четвертая",
    "piąty piąta vijfde пятый пятая",
    "szósty szósta zesde шестой шестая",
    "siódmy siódma zevende седьмой седьмая",
    "ósmy ósma achtste восьмой восьмая",
    "dziewiąty dziewiąta negende девятый девятая",
    "dziesiąty dziesiąta tiende десятый десятая",
    "jedenasty jedenasta elfde одиннадцатый одиннадцатая",
    "dwunasty dwunasta twaalfde двенадцатый двенадцатая",
    "ostatni laatste последний последняя",
)
_TENS = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_VALUES = {
    word: n
    for counted in (_CARDINALS, _MORE_CARDINALS, _ORDINALS, _MORE_ORDINALS)
    for n, each in enumerate(counted, 1)
    for word in each.split()
}
SPELLED = _VALUES.keys() | _TENS.keys()
"""The words that are numbers, in small letters."""
WORDS = "|".join(sorted((re.escape(word) for word in _VALUES | _TENS), key=len, reverse=True))
NUMBER = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?[a-d]?|{ROMAN}(?![^\W_])|(?:{WORDS})(?:[\s-](?:{WORDS}))?(?![^\W_]))"
_ALONE = re.compile(rf"(?:#|no?\.? ?)?(?P<number>{NUMBER})[.):]?", re.IGNORECASE)


@lru_cache(maxsize=LINES_KEPT)
def number_of(inner: str) -> int | None:
    """Return the number on a line, in digits, Roman numerals or words, or None."""
    found = _ALONE.fullmatch(inner) if inner.count(" ") <= MOST_SPACES else None
    if not found:
        return None
    word = found["number"].casefold()
    if word.isdecimal():
        return int(word)
    if word in _VALUES:
        return None if inner.endswith(".") else _VALUES[word]  # `One.` is a sentence
    if re.fullmatch(ROMAN, word.upper()):
        return _roman(word.upper())
    tens, _, ones = word.replace(" ", "-").partition("-")
    return _TENS[tens] + _VALUES.get(ones, 0) if tens in _TENS else None


def _roman(word: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in word]
    return sum(-one if one < next_one else one for one, next_one in zip(values, [*values[1:], 0], strict=True))
