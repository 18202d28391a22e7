"""What holds in every language: each text is made of the same examples, and what comes out is compared."""

import re
from collections.abc import Iterator
from dataclasses import replace
from types import FunctionType
from typing import Any

import discord
import pytest

from cogs.ui import layouts, texts
from cogs.ui.split import MESSAGE
from cogs.ui.texts.catalogue import CATALOGUES
from cogs.ui.texts.settings import Option
from story import errors
from story.rules.page import Page
from story.rules.settings import SETTINGS
from story.times.phrases import read_clock, read_time
from story.times.zones import known_zone
from tests.builders import NOON, story
from tests.cogs.stage import Stage, labels, shown
from tests.cogs.test_settings import choose
from tests.cogs.ui.examples import (
    EXAMPLES,
    FORKED,
    PATH,
    READING,
    TITLE,
    UTC_ZONE,
    WIDE,
    ballots,
    branches,
    heard,
    page,
    steps,
)
from tests.cogs.ui.speaking import speaking

EVERY = pytest.mark.parametrize("language", CATALOGUES)
TRANSLATED = pytest.mark.parametrize("language", [tag for tag in CATALOGUES if tag != "en"])
KEYS = sorted(CATALOGUES["en"])
NO_WORDS = {"colour_name", "link", "describe", "language_of", "t", "speak", "speaking", "current_locale"}
"""Functions that make no text of their own."""


def said(language: str, name: str, *, plain: bool = False) -> list[str]:
    """All that comes of the examples of a function in a language."""
    with speaking(language, plain=plain):
        return [text for made in EXAMPLES[name] for text in strings(made(getattr(texts, name)))]


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from (text for each in value.values() for text in strings(each))
        case Option(label=label, effect=effect):
            yield from (label, effect)
        case _:
            yield from (text for each in value for text in strings(each))


def test_every_text_has_an_example() -> None:
    made = {name for name in texts.__all__ if isinstance(getattr(texts, name), FunctionType)}
    assert made - NO_WORDS == EXAMPLES.keys() - NO_WORDS


# ---- translated


SAME = {
    *("label", "privacy.item", "date.none", "choice.path.text", "import.narrator", "setting.quiet", "readers.host"),
    *("vote.label.plain", "count.votes", "settings.group.server", "settings.group.pages", "rsvp.count", "alert.state"),
}
"""Messages that are the same in other languages, too: names, and what has no words."""


@TRANSLATED
def test_no_message_is_left_in_english(language: str) -> None:
    def has_words(key: str) -> bool:
        texts_of_it = CATALOGUES["en"].texts(key)
        return any(re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", text)) for text in texts_of_it)

    def is_same(key: str) -> bool:
        return bool(set(CATALOGUES[language].texts(key)).intersection(CATALOGUES["en"].texts(key)))

    assert [key for key in KEYS if key not in SAME and has_words(key) and is_same(key)] == []


@TRANSLATED
def test_a_translation_sends_members_to_the_same_commands(language: str) -> None:
    def commands(tag: str, key: str) -> set[str]:
        return set(re.findall(r"`/.+?`", " ".join(CATALOGUES[tag].texts(key))))

    assert [key for key in KEYS if commands(language, key) != commands("en", key)] == []


QUOTED = {
    "de": "„[^„“]*“",
    "es": "“[^“”]*”",
    "fr": "«\u00a0[^«»]*\u00a0»",
    "pl": "„[^„”]*”",
    "pt-BR": "“[^“”]*”",
}
"""How each language quotes."""


def test_each_language_has_quotes_of_its_own() -> None:
    assert QUOTED.keys() == CATALOGUES.keys() - {"en"}


@pytest.mark.parametrize("language", QUOTED)
def test_quotes_are_those_of_the_language(language: str) -> None:
    every = [text for key in KEYS for text in CATALOGUES[language].texts(key)]
    assert [text for text in every if set('„“”‘’"«»') & set(re.sub(QUOTED[language], "", text))] == []


def test_french_signs_of_two_parts_stand_behind_a_space_that_does_not_break() -> None:
    every = [text for key in KEYS for text in CATALOGUES["fr"].texts(key)]
    assert [text for text in every if re.search(r"(?<!\u00a0)[;!?»]|(?<![\u00a0\d]):", text)] == []


PLURALS = {
    "de": ["0 Abschnitte", "1 Abschnitt", "2 Abschnitte", "5 Abschnitte"],
    "es": ["0 fragmentos", "1 fragmento", "2 fragmentos", "5 fragmentos"],
    "fr": ["0 passage", "1 passage", "2 passages", "5 passages"],
    "pl": ["0 fragmentów", "1 fragment", "2 fragmenty", "5 fragmentów"],
    "pt-BR": ["0 trecho", "1 trecho", "2 trechos", "5 trechos"],
}


@pytest.mark.parametrize("language", PLURALS)
def test_words_have_the_plurals_of_their_language(language: str) -> None:
    with speaking(language):
        assert [texts.t("count.sections", n=n) for n in (0, 1, 2, 5)] == PLURALS[language]


def test_polish_counts_by_the_last_digits() -> None:
    with speaking("pl"):
        counted = [texts.t("count.scenes", n=n) for n in (12, 21, 22, 112, 1_000_000)]
    assert counted == ["12 scen", "21 scen", "22 sceny", "112 scen", "1\u00a0000\u00a0000 scen"]


def test_a_million_has_a_form_of_its_own() -> None:
    for language, words in {"es": "palabras", "fr": "mots", "pt-BR": "palavras"}.items():
        with speaking(language):
            assert texts.t("count.words", n=1_000_000).endswith(words)


def test_german_numbers_have_points_and_words_have_their_plurals() -> None:
    with speaking("de"):
        assert texts.path_left_out(1234) == "-# Die ersten 1.234 Szenen fehlen hier; `/recap` hat sie."
        assert texts.missed(page("1A"), heard()[:1])[0] == "## Du hast 1 Abschnitt verpasst"
        assert texts.missed(page("1A"), heard())[0] == "## Du hast 2 Abschnitte verpasst"


# ---- every language


@EVERY
@pytest.mark.parametrize("name", EXAMPLES)
def test_plain_speech_has_no_signs(language: str, name: str) -> None:
    assert not set("·●○→") & set("".join(said(language, name, plain=True)))


LIMITS = {"path_alt": 1024, "thread_name": 100, "part_label": 1000, "event_name": 100, "rsvp_label": 80}
"""The most characters of each, as Discord has it; the others stand in messages."""


@EVERY
@pytest.mark.parametrize("name", EXAMPLES)
def test_texts_keep_to_the_limits_of_discord(language: str, name: str) -> None:
    assert [text for text in said(language, name) if len(text) > LIMITS.get(name, MESSAGE.chars)] == []


@EVERY
@pytest.mark.parametrize("name", [name for name, each in SETTINGS.items() if each.is_shown])
def test_each_value_of_a_setting_has_a_name_of_its_own(language: str, name: str) -> None:
    with speaking(language):
        names = [option.label for option in texts.options(name, [TITLE])]
    assert len(set(names)) == len(names)
    assert all(len(each) <= 100 for each in names)


@EVERY
def test_what_stands_under_a_section_has_room_there(language: str) -> None:
    tale = story("A", povs=tuple(section.pov for section in WIDE.sections))
    with speaking(language):
        progress = texts.progress(page("1A", "2B"))
        under = [
            *(texts.question(ballot) for ballot in (*ballots(WIDE), *branches())),
            *(texts.outcome(Page(READING, tale, PATH, None), replace(each, pov="0")) for each in steps()),
            *(texts.outcome(FORKED, each) for each in steps()),
        ]
    assert [text for text in under if not layouts.FOOT.holds(f"{progress}\n{text}")] == []


@EVERY
def test_times_and_cities_that_are_given_as_examples_are_understood(language: str) -> None:
    with speaking(language):
        time = examples(texts.refusal(errors.UnreadableTime("?"))) + examples(
            texts.refusal(errors.UnreadableTime("?", lacks_time=True))
        )
        clock = examples(texts.refusal(errors.UnreadableClock("?")))
        zone = examples(texts.refusal(errors.UnknownZone("?")))
    assert all(read_time(each, NOON, UTC_ZONE) > NOON for each in time)
    assert all(read_clock(each) for each in clock)
    assert all(known_zone(each) for each in zone)
    assert time
    assert clock
    assert zone


def examples(text: str) -> list[str]:
    return [each for each in re.findall(r"[“„«]\s*(.+?)\s*[”“»]", text) if each != "?"]


# ---- in Discord


async def test_a_server_is_read_to_in_german_as_soon_as_that_is_chosen(stage: Stage) -> None:
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    owner = stage.server.add_member(stage.env.create_user("owner"), roles=[role])
    panel = await choose(stage, owner, "language", "de")
    assert shown(panel).startswith("**Language:** Deutsch\n")
    read = (await stage.next()).response
    assert "Szene 1 von 4" in shown(read)
    assert "Aus wessen Sicht geht es weiter?" in shown(read)
    assert "Anna tells scene 1." in shown(read)
    assert labels(read) == ["Anna", "Ben", "Weiter"]
    await stage.press(stage.ann, "Weiter")
    assert "Szene 2 von 4" in shown(stage.last())
