"""Times in the other languages that the bot speaks; `test_phrases.py` has those in English."""

import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.errors import TimeInThePast, UnreadableClock, UnreadableTime
from story.times import words
from story.times.languages import MEANINGS, in_english
from story.times.phrases import read_clock, read_time
from story.times.words import DAYS, MONTHS, MONTHS_OF_THE_YEAR, WEEKDAYS, by_word
from tests.story.times.moments import BERLIN, NOW

GERMAN = {
    "Freitag 20 Uhr": "2026-07-03 20:00",
    "Freitag um 20:15 Uhr": "2026-07-03 20:15",
    "am Freitag um 20 Uhr": "2026-07-03 20:00",
    "20 Uhr am Freitag": "2026-07-03 20:00",
    "Fr 20 Uhr": "2026-07-03 20:00",
    "Fr. 20:00": "2026-07-03 20:00",
    "Do, 20Uhr": "2026-07-02 20:00",
    "20 Uhr 30": "2026-07-01 20:30",
    "heute 20 Uhr": "2026-07-01 20:00",
    "heute Abend um 8": "2026-07-01 20:00",
    "heute Nacht um 1": "2026-07-02 01:00",
    "heute Nachmittag um 4": "2026-07-01 16:00",
    "morgen um 19:30": "2026-07-02 19:30",
    "morgen früh um 9": "2026-07-02 09:00",
    "morgen Abend 8 Uhr": "2026-07-02 20:00",
    "morgen um 8 Uhr abends": "2026-07-02 20:00",
    "übermorgen 20 Uhr": "2026-07-03 20:00",
    "uebermorgen mittag": "2026-07-03 12:00",
    "Freitagabend um 8": "2026-07-03 20:00",
    "Freitag Morgen um 9": "2026-07-03 09:00",
    "Samstagnachmittag 3 Uhr": "2026-07-04 15:00",
    "Sonnabend 20 Uhr": "2026-07-04 20:00",
    "diesen Freitag 20 Uhr": "2026-07-03 20:00",
    "kommenden Freitag um 20 Uhr": "2026-07-03 20:00",
    "nächsten Dienstag 20:00": "2026-07-07 20:00",
    "nächsten Freitag um 20 Uhr": "2026-07-10 20:00",
    "nächste Woche Freitag 20 Uhr": "2026-07-10 20:00",
    "Freitag nächste Woche 20 Uhr": "2026-07-10 20:00",
    "25. Dez 20 Uhr": "2026-12-25 20:00",
    "25. Dez. 2026, 20 Uhr": "2026-12-25 20:00",
    "am 25.12. um 20 Uhr": "2026-12-25 20:00",
    "20 Uhr 25. Dezember": "2026-12-25 20:00",
    "Freitag, den 25. Dezember, um 20 Uhr": "2026-12-25 20:00",
    "1. März 20 Uhr": "2027-03-01 20:00",
    "3. Juli Mitternacht": "2026-07-04 00:00",
    "heute Abend halb acht": "2026-07-01 19:30",
    "Freitag um halb 8 abends": "2026-07-03 19:30",
    "heute Nacht um halb eins": "2026-07-02 00:30",
    "in 2 Stunden": "2026-07-01 17:00",
    "in einer Stunde": "2026-07-01 16:00",
    "in 2 Std. und 30 Min.": "2026-07-01 17:30",
    "in einer halben Stunde": "2026-07-01 15:30",
    "in anderthalb Stunden": "2026-07-01 16:30",
    "heute Abend um acht": "2026-07-01 20:00",
    "Freitag um acht Uhr abends": "2026-07-03 20:00",
    "Freitag um ein Uhr nachts": "2026-07-04 01:00",
    "heute Abend um viertel nach acht": "2026-07-01 20:15",
    "heute Abend viertel vor acht": "2026-07-01 19:45",
    "morgen Abend um dreiviertel acht": "2026-07-02 19:45",
    "morgen Abend um viertel acht": "2026-07-02 19:15",
    "Freitag um zwanzig nach acht abends": "2026-07-03 20:20",
    "Freitag Abend um fünf vor halb neun": "2026-07-03 20:25",
    "Freitag Abend um 5 nach halb neun": "2026-07-03 20:35",
    "morgen Mittag um 12": "2026-07-02 12:00",
    "donnerstags 20 Uhr": "2026-07-02 20:00",
    "Freitag in einer Woche um 20 Uhr": "2026-07-10 20:00",
    "heute in zwei Wochen um 20 Uhr": "2026-07-15 20:00",
    "in zwei Stunden": "2026-07-01 17:00",
    "in einer Viertelstunde": "2026-07-01 15:15",
    "in einer Dreiviertelstunde": "2026-07-01 15:45",
    "in 3 Tagen um 20 Uhr": "2026-07-04 20:00",
    "in einer Woche um 20 Uhr": "2026-07-08 20:00",
    "um acht": "2026-07-02 08:00",
    "heute Abend um zwölf": "2026-07-02 00:00",
    "um ein Uhr": "2026-07-02 01:00",
    "in fuenf Minuten": "2026-07-01 15:05",
    "in vier Tagen um acht Uhr": "2026-07-05 08:00",
}
FRENCH = {
    "vendredi 20h": "2026-07-03 20:00",
    "vendredi à 20 h 30": "2026-07-03 20:30",
    "ven. 20h30": "2026-07-03 20:30",
    "vendredi 20 heures": "2026-07-03 20:00",
    "vendredi à 20 heures 15": "2026-07-03 20:15",
    "le vendredi à 20h": "2026-07-03 20:00",
    "ce vendredi 20h": "2026-07-03 20:00",
    "vendredi prochain à 20h": "2026-07-10 20:00",
    "vendredi de la semaine prochaine à 20h": "2026-07-10 20:00",
    "à 2 heures": "2026-07-02 02:00",
    "aujourd'hui à 20h": "2026-07-01 20:00",
    "aujourd’hui 20h": "2026-07-01 20:00",
    "ce soir à 9h": "2026-07-01 21:00",
    "cet après-midi à 4h": "2026-07-01 16:00",
    "demain à 19h30": "2026-07-02 19:30",
    "demain matin 9h": "2026-07-02 09:00",
    "demain soir à 8h": "2026-07-02 20:00",
    "demain à 8 heures du soir": "2026-07-02 20:00",
    "demain à 4h de l'après-midi": "2026-07-02 16:00",
    "demain à midi": "2026-07-02 12:00",
    "samedi à minuit": "2026-07-05 00:00",
    "après-demain 20h": "2026-07-03 20:00",
    "25 déc 20:00": "2026-12-25 20:00",
    "le 25 décembre à 20h": "2026-12-25 20:00",
    "vendredi 25 décembre 2026 à 20h": "2026-12-25 20:00",
    "1er août 20h": "2026-08-01 20:00",
    "dans 2 heures": "2026-07-01 17:00",
    "dans 2h": "2026-07-01 17:00",
    "dans 1h30": "2026-07-01 16:30",
    "dans une heure": "2026-07-01 16:00",
    "dans une heure et demie": "2026-07-01 16:30",
    "dans une demi-heure": "2026-07-01 15:30",
    "dans 3 jours à 20h": "2026-07-04 20:00",
    "vendredi 8h et demie du soir": "2026-07-03 20:30",
    "vendredi à huit heures": "2026-07-03 08:00",
    "vendredi à une heure": "2026-07-03 01:00",
    "demain à sept heures du soir": "2026-07-02 19:00",
    "ce soir à sept": "2026-07-01 19:00",
    "25 sept à 20h": "2026-09-25 20:00",
    "le huit décembre à midi": "2026-12-08 12:00",
    "à dix heures et demie du soir": "2026-07-01 22:30",
    "dans deux heures": "2026-07-01 17:00",
    "dans sept jours à 20h": "2026-07-08 20:00",
}
SPANISH = {
    "viernes 20:00": "2026-07-03 20:00",
    "el viernes a las 20:00": "2026-07-03 20:00",
    "vie. 8pm": "2026-07-03 20:00",
    "este viernes a las 20:00": "2026-07-03 20:00",
    "el próximo viernes a las 20:00": "2026-07-10 20:00",
    "viernes que viene a las 20:00": "2026-07-10 20:00",
    "viernes de la semana que viene, 20:00": "2026-07-10 20:00",
    "viernes 20 horas": "2026-07-03 20:00",
    "hoy a las 20:00": "2026-07-01 20:00",
    "esta noche a las 9": "2026-07-01 21:00",
    "esta tarde a las 5": "2026-07-01 17:00",
    "mañana a las 8 de la tarde": "2026-07-02 20:00",
    "manana 20:00": "2026-07-02 20:00",
    "mañana por la mañana a las 9": "2026-07-02 09:00",
    "mañana a las 9 de la mañana": "2026-07-02 09:00",
    "viernes por la noche a las 8": "2026-07-03 20:00",
    "viernes a la 1 de la tarde": "2026-07-03 13:00",
    "8 de la noche": "2026-07-01 20:00",
    "viernes a las 8 y media de la noche": "2026-07-03 20:30",
    "pasado mañana a mediodía": "2026-07-03 12:00",
    "miércoles a medianoche": "2026-07-02 00:00",
    "25 dic 20:00": "2026-12-25 20:00",
    "25 de diciembre a las 20:00": "2026-12-25 20:00",
    "viernes, 25 de diciembre de 2026, a las 20:00": "2026-12-25 20:00",
    "el día 25 de diciembre a las 20:00": "2026-12-25 20:00",
    "5 de septiembre 20h": "2026-09-05 20:00",
    "en 2 horas": "2026-07-01 17:00",
    "en una hora": "2026-07-01 16:00",
    "en 2 horas y media": "2026-07-01 17:30",
    "en media hora": "2026-07-01 15:30",
    "en 3 días a las 20:00": "2026-07-04 20:00",
    "a las ocho": "2026-07-02 08:00",
    "a la una de la tarde": "2026-07-02 13:00",
    "mañana a las once de la noche": "2026-07-02 23:00",
    "el dos de agosto a las 20:00": "2026-08-02 20:00",
    "en dos horas": "2026-07-01 17:00",
    "en una hora y diez minutos": "2026-07-01 16:10",
}
PORTUGUESE = {
    "sexta 20h": "2026-07-03 20:00",
    "sexta-feira às 20h": "2026-07-03 20:00",
    "na sexta às 20:00": "2026-07-03 20:00",
    "no sábado às 20h": "2026-07-04 20:00",
    "sex. 20h30": "2026-07-03 20:30",
    "próxima sexta 20h": "2026-07-10 20:00",
    "sexta que vem às 20h": "2026-07-10 20:00",
    "sexta da semana que vem às 20h": "2026-07-10 20:00",
    "nesta sexta 20h": "2026-07-03 20:00",
    "hoje às 20h": "2026-07-01 20:00",
    "hoje à noite às 9": "2026-07-01 21:00",
    "hoje à tarde às 4": "2026-07-01 16:00",
    "amanhã às 19:30": "2026-07-02 19:30",
    "amanhã de manhã às 9": "2026-07-02 09:00",
    "amanhã às 8 da noite": "2026-07-02 20:00",
    "sábado à noite às 8": "2026-07-04 20:00",
    "depois de amanhã ao meio-dia": "2026-07-03 12:00",
    "terça à meia-noite": "2026-07-08 00:00",
    "25 dez 20:00": "2026-12-25 20:00",
    "25 de dezembro às 20h": "2026-12-25 20:00",
    "em 25 de dezembro às 20h": "2026-12-25 20:00",
    "sexta-feira, 25 de dezembro de 2026, às 20h": "2026-12-25 20:00",
    "1º de agosto às 20h": "2026-08-01 20:00",
    "3 de março às 20h": "2027-03-03 20:00",
    "em 2 horas": "2026-07-01 17:00",
    "daqui a 2 horas": "2026-07-01 17:00",
    "em uma hora": "2026-07-01 16:00",
    "em uma hora e meia": "2026-07-01 16:30",
    "em meia hora": "2026-07-01 15:30",
    "em um dia às 20h": "2026-07-02 20:00",
    "às oito": "2026-07-02 08:00",
    "à uma da tarde": "2026-07-02 13:00",
    "às dez da noite": "2026-07-01 22:00",
    "sexta às nove e meia da noite": "2026-07-03 21:30",
    "dois de agosto às 20h": "2026-08-02 20:00",
    "em duas horas": "2026-07-01 17:00",
    "daqui a dez minutos": "2026-07-01 15:10",
}
POLISH = {
    "piątek 20:00": "2026-07-03 20:00",
    "w piątek o 20:00": "2026-07-03 20:00",
    "w piatek o 20": "2026-07-03 20:00",
    "pt. 20:00": "2026-07-03 20:00",
    "we wtorek o 20:00": "2026-07-07 20:00",
    "w środę o godz. 20": "2026-07-01 20:00",
    "sobota 20:00": "2026-07-04 20:00",
    "w sobotę na 20:00": "2026-07-04 20:00",
    "w niedzielę o 20:00": "2026-07-05 20:00",
    "w ten piątek o 20:00": "2026-07-03 20:00",
    "w najbliższy piątek o 20:00": "2026-07-03 20:00",
    "w najbliższą sobotę o 20:00": "2026-07-04 20:00",
    "w przyszły piątek o 20:00": "2026-07-10 20:00",
    "w następną sobotę o 20:00": "2026-07-11 20:00",
    "piątek w przyszłym tygodniu 20:00": "2026-07-10 20:00",
    "dziś o 20:00": "2026-07-01 20:00",
    "dzisiaj wieczorem o 8": "2026-07-01 20:00",
    "dziś po południu o 5": "2026-07-01 17:00",
    "jutro o 19:30": "2026-07-02 19:30",
    "jutro rano o 9": "2026-07-02 09:00",
    "jutro o 8 wieczorem": "2026-07-02 20:00",
    "jutro w południe": "2026-07-02 12:00",
    "piątek o północy": "2026-07-04 00:00",
    "pojutrze 20:00": "2026-07-03 20:00",
    "25 gru 20:00": "2026-12-25 20:00",
    "25 grudnia o 20:00": "2026-12-25 20:00",
    "w piątek 25 grudnia 2026 o 20:00": "2026-12-25 20:00",
    "za 2 godziny": "2026-07-01 17:00",
    "za 5 godzin": "2026-07-01 20:00",
    "za godzinę": "2026-07-01 16:00",
    "za godzinę i 30 minut": "2026-07-01 16:30",
    "za pół godziny": "2026-07-01 15:30",
    "za półtorej godziny": "2026-07-01 16:30",
    "za 3 dni o 20:00": "2026-07-04 20:00",
    "za tydzień o 20:00": "2026-07-08 20:00",
    "w piątek o ósmej": "2026-07-03 08:00",
    "jutro na dziewiątą wieczorem": "2026-07-02 21:00",
    "o wpół do ósmej wieczorem": "2026-07-01 19:30",
    "o drugiej w nocy": "2026-07-02 02:00",
    "za dwie godziny": "2026-07-01 17:00",
    "za jedną godzinę": "2026-07-01 16:00",
    "za pięć minut": "2026-07-01 15:05",
}
EVERY = {**GERMAN, **FRENCH, **SPANISH, **PORTUGUESE, **POLISH}


def plain(text: str) -> str:
    """A text as it is typed where a keyboard has no accents."""
    letters = unicodedata.normalize("NFD", text.replace("ł", "l").replace("Ł", "L"))
    return "".join(each for each in letters if not unicodedata.combining(each))


@pytest.mark.parametrize("text", EVERY)
def test_a_time_is_read_as_people_write_it_in_their_language(text: str) -> None:
    wanted = datetime.fromisoformat(EVERY[text]).replace(tzinfo=BERLIN)
    for typed in (text, f" {text.upper()} ", plain(text), unicodedata.normalize("NFD", text)):
        assert read_time(typed, NOW, BERLIN) == wanted


@pytest.mark.parametrize("text", ["freitag", "demain", "esta noche", "25 de dezembro", "piątek wieczorem"])
def test_a_day_without_a_time_is_told_from_what_is_no_time(text: str) -> None:
    with pytest.raises(UnreadableTime) as unreadable:
        read_time(text, NOW, BERLIN)
    assert unreadable.value.lacks_time


@pytest.mark.parametrize(
    "text",
    [
        "halb acht",  # in the morning or in the evening?
        "Freitag um halb acht",
        "Freitag um viertel nach acht",
        "mar 20h",  # mardi or mars?
        "jui 5 20h",  # juin or juillet?
        "2 heures",  # in two hours, or at two?
        "2 horas",
        "vor 2 Stunden",
        "vendredi samedi 20h",
        "8 du soir du matin",
        "demain soir à 8h du matin",
    ],
)
def test_what_could_mean_two_times_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTime):
        read_time(text, NOW, BERLIN)


@pytest.mark.parametrize(
    "text",
    [
        "in twenty two hours",
        "dans dix-huit minutes",
        "vendredi à dix-huit heures",
        "dix-huit décembre 20h",
        "in siebenundzwanzig Stunden",
        "treinta y uno de diciembre a las ocho",
        "às vinte e duas horas",
        "za dwadzieścia dwie godziny",
        "friday eight",  # the eighth, or at eight?
        "huit heures",
        "seven thirty",
    ],
)
def test_a_number_of_which_only_a_part_is_known_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTime):
        read_time(text, NOW, BERLIN)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("20 Uhr", time(20)),
        ("20:30 Uhr", time(20, 30)),
        ("halb acht abends", time(19, 30)),
        ("Mitternacht", time(0)),
        ("19h30", time(19, 30)),
        ("à midi", time(12)),
        ("8 heures du soir", time(20)),
        ("a las 8 de la tarde", time(20)),
        ("mediodía", time(12)),
        ("às 8 da noite", time(20)),
        ("meio-dia", time(12)),
        ("7 wieczorem", time(19)),
        ("południe", time(12)),
        ("8 in the evening", time(20)),
        ("12 at night", time(0)),
    ],
)
def test_a_clock_is_read_in_each_language(text: str, clock: time) -> None:
    assert read_clock(text) == clock


def test_a_clock_of_two_parts_of_the_day_is_refused() -> None:
    with pytest.raises(UnreadableClock):
        read_clock("8 du soir du matin")


def test_an_hour_after_midnight_is_still_of_the_night() -> None:
    half_past = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert read_time("1 at night", half_past, BERLIN) == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)
    assert read_time("1 at night", NOW, BERLIN) == datetime(2026, 7, 1, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize("names", WEEKDAYS)
def test_each_weekday_is_one_in_english(names: tuple[str, ...]) -> None:
    assert tuple(in_english(each) for each in names) == DAYS


@pytest.mark.parametrize("names", MONTHS_OF_THE_YEAR)
def test_each_month_is_one_in_english(names: tuple[str, ...]) -> None:
    assert tuple(in_english(each) for each in names) == MONTHS


def test_words_are_kept_as_they_are_looked_up() -> None:
    assert [each for each in MEANINGS if plain(each).casefold() != each] == []


def test_no_word_means_one_thing_in_one_language_and_another_in_the_next() -> None:
    meant: dict[str, set[str]] = {}
    for table in (words.NUMBERS, words.GERMAN, words.FRENCH, words.SPANISH, words.PORTUGUESE, words.POLISH):
        for word, english in by_word(table).items():
            meant.setdefault(word, set()).add(english)
    assert {word for word, english in meant.items() if len(english) > 1} == set()


PIECES = st.sampled_from(
    [*MEANINGS, "8", "20:00", "20h", "25.12.", "halb", "a", "o", "as", "na", "um", "am", "daqui a", "2"]
)


@given(st.lists(PIECES, max_size=6).map(" ".join))
def test_words_of_all_languages_together_are_a_time_to_come_or_refused(text: str) -> None:
    with suppress(UnreadableTime, TimeInThePast):
        assert read_time(text, NOW, BERLIN) > NOW
