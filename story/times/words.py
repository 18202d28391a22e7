"""The words of times in the languages that are read, each with what it is in English.

They are in small letters and without accents, as `story.times.languages` has them before it looks them up. A word that
two languages have means the same in both.
"""

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
GERMAN_DAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")

WEEKDAYS: tuple[tuple[str, ...], ...] = (
    DAYS,
    GERMAN_DAYS,
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
    ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo"),
    ("poniedzialek", "wtorek", "sroda", "czwartek", "piatek", "sobota", "niedziela"),
    ("poniedzialek", "wtorek", "srode", "czwartek", "piatek", "sobote", "niedziele"),
)
MONTHS_OF_THE_YEAR: tuple[tuple[str, ...], ...] = (
    MONTHS,
    (
        *("januar", "februar", "marz", "april", "mai", "juni"),
        *("juli", "august", "september", "oktober", "november", "dezember"),
    ),
    (
        *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
        *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
    ),
    (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    (
        *("janeiro", "fevereiro", "marco", "abril", "maio", "junho"),
        *("julho", "agosto", "setembro", "outubro", "novembro", "dezembro"),
    ),
    (
        *("styczen", "luty", "marzec", "kwiecien", "maj", "czerwiec"),
        *("lipiec", "sierpien", "wrzesien", "pazdziernik", "listopad", "grudzien"),
    ),
    (
        *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
        *("lipca", "sierpnia", "wrzesnia", "pazdziernika", "listopada", "grudnia"),
    ),
)
SHORTEST = 3
"""Letters that a weekday or a month may be cut to, unless other ones begin with the same."""

SHORT_DAYS = {
    "monday": "mo|pn",
    "tuesday": "di|wt",
    "wednesday": "mi|sr",
    "thursday": "do",
    "friday": "fr|pt",
    "saturday": "sa|sb",
    "sunday": "so|nd",
}
"""Weekdays that are cut further: German and Polish ones."""
GERMAN_PARTS = {
    "morning": "morgen|vormittag",
    "noon": "mittag",
    "afternoon": "nachmittag",
    "evening": "abend",
    "night": "nacht",
}
"""What a German weekday can have for its end, "freitagabend", or behind it."""
GERMAN_HOURS = (
    *("eins", "zwei", "drei", "vier", "funf", "sechs"),
    *("sieben", "acht", "neun", "zehn", "elf", "zwolf"),
)

GERMAN_NUMBERS = (
    *GERMAN_HOURS,
    *("dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn", "zwanzig"),
    *("einundzwanzig", "zweiundzwanzig", "dreiundzwanzig", "vierundzwanzig", "funfundzwanzig"),
)
"""From 1 on."""

GERMAN = {  # what it is in English, and how it is said
    "saturday": "sonnabend",
    "january": "janner",
    "march": "maerz|mar",
    "today": "heute",
    "tomorrow": "morgen",
    "day after tomorrow": "ubermorgen|uebermorgen",
    "yesterday": "gestern",
    "tonight": "heute abend|heute nacht",
    "this morning": "heute morgen|heute fruh|heute vormittag",
    "this afternoon": "heute nachmittag",
    "in the morning": "morgens|am morgen|fruh|vormittags|vormittag|am vormittag",
    "in the afternoon": "nachmittags|nachmittag|am nachmittag",
    "in the evening": "abends|abend|am abend",
    "at night": "nachts|nacht|in der nacht",
    "noon": "mittag|mittags",
    "midnight": "mitternacht",
    "the": "den|dem|der",
    "and": "und",
    "h": "uhr",
    "this": "diesen|diese|dieser",
    "next": "nachsten|nachste|nachster|naechsten|naechste|naechster|kommenden|kommende|kommender",
    "hour": "stunde",
    "hours": "stunden|std",
    "minutes": "minuten|min",
    "day": "tag",
    "days": "tage|tagen",
    "week": "woche",
    "weeks": "wochen",
    "a": "ein|eine|einer|einem",
    "1 h": "ein uhr",
    "15 minutes": "einer viertelstunde",
    "half an hour": "einer halben stunde",
    "45 minutes": "einer dreiviertelstunde",
    "1 hour and 30 minutes": "anderthalb stunden|eineinhalb stunden",
}
FRENCH = {
    "today": "aujourd'hui",
    "tomorrow": "demain",
    "day after tomorrow": "apres demain",
    "yesterday": "hier",
    "tonight": "ce soir|cette nuit",
    "this morning": "ce matin",
    "this afternoon": "cet apres midi",
    "in the morning": "matin|le matin|au matin|du matin",
    "in the afternoon": "apres midi|l'apres midi|de l'apres midi",
    "in the evening": "soir|le soir|au soir|du soir",
    "at night": "la nuit|de la nuit",
    "noon": "midi|a midi",
    "midnight": "minuit|a minuit",
    "the": "le",
    "1st": "1er",
    "this": "ce",
    "and": "et",
    "in": "dans",
    "and a half": "et demie",
    "following": "prochain|prochaine",
    "hour": "heure",
    "hours": "heures",
    "next week": "semaine prochaine|la semaine prochaine",
    "day": "jour",
    "days": "jours",
    "week": "semaine",
    "weeks": "semaines",
    "a": "une|un",
    "half an hour": "une demi heure",
}
SPANISH = {
    "today": "hoy",
    "tomorrow": "manana",
    "day after tomorrow": "pasado manana",
    "yesterday": "ayer",
    "tonight": "esta noche",
    "this morning": "esta manana",
    "this afternoon": "esta tarde",
    "in the morning": "de la manana|por la manana|en la manana|de la madrugada|por la madrugada",
    "in the afternoon": "de la tarde|por la tarde|en la tarde|tarde",
    "at night": "de la noche|por la noche|en la noche|noche",
    "noon": "mediodia|al mediodia|a mediodia",
    "midnight": "medianoche|a medianoche",
    "the": "el",
    "of": "de|del",
    "at": "a las|a la",
    "in": "en",
    "and": "y",
    "and a half": "y media",
    "this": "este",
    "next": "proximo",
    "following": "que viene",
    "next week": "semana que viene|la semana que viene|la proxima semana",
    "hour": "hora",
    "hours": "horas",
    "minute": "minuto",
    "minutes": "minutos",
    "day": "dia",
    "days": "dias",
    "week": "semana",
    "weeks": "semanas",
    "a": "una",
    "half an hour": "media hora",
    "september": "setiembre",
}
PORTUGUESE = {
    "today": "hoje",
    "tomorrow": "amanha",
    "day after tomorrow": "depois de amanha",
    "yesterday": "ontem",
    "tonight": "hoje a noite|esta noite",
    "this morning": "hoje de manha|esta manha",
    "this afternoon": "hoje a tarde",
    "in the morning": "da manha|de manha|pela manha|da madrugada|de madrugada",
    "in the afternoon": "da tarde|a tarde|de tarde",
    "at night": "da noite|a noite|de noite",
    "noon": "meio dia|ao meio dia",
    "midnight": "meia noite|a meia noite",
    "": "feira",
    "of": "da",
    "in": "em|daqui a",
    "on": "no|na",
    "and": "e",
    "and a half": "e meia",
    "this": "esta|neste|nesta",
    "next": "proxima",
    "following": "que vem",
    "next week": "semana que vem|proxima semana|na proxima semana",
    "a": "uma",
    "half an hour": "meia hora",
}
POLISH = {
    "today": "dzis|dzisiaj",
    "tomorrow": "jutro",
    "day after tomorrow": "pojutrze",
    "yesterday": "wczoraj",
    "tonight": "dzis wieczorem|dzisiaj wieczorem|dzis w nocy",
    "this morning": "dzis rano|dzisiaj rano",
    "this afternoon": "dzis po poludniu|dzisiaj po poludniu",
    "in the morning": "rano|przed poludniem",
    "in the afternoon": "po poludniu",
    "in the evening": "wieczorem|wieczor",
    "at night": "w nocy",
    "noon": "poludnie|w poludnie",
    "midnight": "polnoc|o polnocy",
    "on": "w|we",
    "in": "za",
    "and": "i",
    "at": "o godz|o godzinie|godz",
    "this": "ten|te",
    "next week": "w przyszlym tygodniu",
    "next": "przyszly|przyszla|nastepny|nastepna",
    "hour": "godzine",
    "hours": "godziny|godzin",
    "minutes": "minut|minuty",
    "days": "dni",
    "weeks": "tygodnie|tygodni",
    "in an hour": "za godzine",
    "in a minute": "za minute",
    "in a day": "za dzien",
    "in a week": "za tydzien",
    "half an hour": "pol godziny",
    "1 hour and 30 minutes": "poltorej godziny",
}


def by_word(*tables: dict[str, str]) -> dict[str, str]:
    """Return what each word of some tables is in English."""
    return {word: english for table in tables for english, words in table.items() for word in words.split("|")}
