"""The message catalogues: what `make lint` finds in them, and what it takes to add a language."""

import shutil
from collections.abc import Callable
from pathlib import Path

import discord
import pytest
from discord import app_commands

from cogs.core.translator import Translator
from cogs.ui import texts
from cogs.ui.texts import catalogue
from cogs.ui.texts.catalogue import Catalogues
from cogs.ui.texts.help import GROUPS
from locales import check

EN = check.messages(check.load(check.SOURCE))


def test_the_catalogues_are_in_order() -> None:
    assert check.problems() == []


# ---- a language is one file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalogues, to be changed."""
    return Path(shutil.copytree(check.FOLDER, tmp_path / "locales"))


def add_czech(folder: Path) -> None:
    """Translate the template as somebody would who has nothing else: what is English there, in guillemets."""
    fresh = check.load(folder / "storyteller.pot")
    fresh.locale = "cs"
    for message in check.messages(fresh).values():
        english = [each.removeprefix("English: ") for each in message.auto_comments if each.startswith("English: ")]
        shown = f"«{english[-1]}»"[: check.limit(check.id_of(message)) or None]
        message.string = shown if isinstance(message.id, str) else (shown,) * check.plurals(fresh)
    check.write(check.updated(fresh, EN), folder / "cs.po")


@pytest.fixture
def czech(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogues with another language, which the bot has read."""
    add_czech(folder)
    for tag, read in Catalogues(folder).items():
        monkeypatch.setitem(catalogue.CATALOGUES, tag, read)
    return folder


def test_a_language_is_added_by_a_file_alone(czech: Path) -> None:
    assert check.problems(czech) == []
    with texts.speaking(texts.Locale("cs")):
        assert texts.t("button.next") == "«Next»"
        assert [texts.t("count.scenes", n=n) for n in (1, 3, 5)] == ["«1 scenes»", "«3 scenes»", "«5 scenes»"]
        assert texts.t("missed.heading", n=12345) == "«You missed 12\xa0345 sections»"


@pytest.mark.usefixtures("czech")
def test_a_language_that_was_added_can_be_chosen() -> None:
    names = [option.label for option in texts.options("language", [])]
    assert names == ["English", "Deutsch", "Español", "Français", "Polski", "Português (Brasil)", "Čeština"]


@pytest.mark.usefixtures("czech")
async def test_commands_are_shown_in_a_language_that_was_added() -> None:
    assert await translated(texts.describe("command.next"), discord.Locale.czech) == f"«{english('command.next')}»"


def test_what_a_language_lacks_is_said_in_english(czech: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(czech / "cs.po", 'msgstr "«Next»"', 'msgstr ""')
    monkeypatch.setitem(catalogue.CATALOGUES, "cs", Catalogues(czech)["cs"])
    with texts.speaking(texts.Locale("cs")):
        assert texts.t("button.next") == "Next"


def test_a_language_that_is_gone_is_english() -> None:
    with texts.speaking(texts.Locale("xx")):
        assert texts.t("button.next") == "Next"


# ---- commands in the members' languages


async def translated(text: app_commands.locale_str, locale: discord.Locale) -> str | None:
    choice = app_commands.Choice(name="a choice", value="a")
    context: app_commands.TranslationContextTypes = app_commands.TranslationContext(
        app_commands.TranslationContextLocation.choice_name, choice
    )
    return await Translator().translate(text, locale, context)


def english(key: str) -> str:
    return check.forms(EN[key])[0]


async def test_commands_are_described_in_the_language_of_who_looks_for_them() -> None:
    assert await translated(texts.describe("choice.path.picture"), discord.Locale.german) == "Bild"


async def test_what_is_english_already_and_what_we_do_not_speak_is_left_to_discord() -> None:
    described = texts.describe("command.next")
    for locale in (discord.Locale.american_english, discord.Locale.british_english, discord.Locale.thai):
        assert await translated(described, locale) is None


async def test_names_that_are_typed_stay_as_they_are() -> None:
    assert await translated(app_commands.locale_str("next"), discord.Locale.german) is None


async def test_a_language_that_only_describes_commands_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogues = Catalogues(catalogue.LOCALES)
    monkeypatch.setattr(texts, "CATALOGUES", catalogues)
    assert await translated(texts.describe("command.next"), discord.Locale.polish)
    assert catalogues._read.keys() == {"en"}


def test_a_language_is_found_for_what_discord_calls_it() -> None:
    named = {"de": "de", "en-GB": "en", "es-ES": "es", "es-419": "es", "pt-BR": "pt-BR", "th": None}
    assert {tag: texts.language_of(tag) for tag in named} == named


# ---- what the check finds


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


BREAKS: dict[str, Callable[[Path], None]] = {
    "de.po: button.next is missing": lambda folder: change(folder / "de.po", 'msgstr "Weiter"', 'msgstr ""'),
    "de.po: button.next is marked as fuzzy": lambda folder: change(
        folder / "de.po", 'msgid "button.next"', '#, fuzzy\nmsgid "button.next"'
    ),
    "de.po: button.next is longer than 34 characters": lambda folder: change(
        folder / "de.po", '"Weiter"', f'"{"Weiter" * 9}"'
    ),
    "de.po: button.next has Markdown in it: '**Weiter**'": lambda folder: change(
        folder / "de.po", '"Weiter"', '"**Weiter**"'
    ),
    "de.po: scene.number has other placeholders than in en.po: 'Szene {nummer}'": lambda folder: change(
        folder / "de.po", '"Szene {number}"', '"Szene {nummer}"'
    ),
    "de.po: count.scenes has other placeholders than in en.po: '{n} {Szene}'": lambda folder: change(
        folder / "de.po", '"{n} Szene"', '"{n} {Szene}"'
    ),
    "de.po: count.scenes has 1 of 2 plural forms": lambda folder: change(
        folder / "de.po", 'msgstr[0] "{n} Szene"\nmsgstr[1] "{n} Szenen"', 'msgstr[0] "{n} Szene"'
    ),
    "de.po: button.nect is not in en.po": lambda folder: change(
        folder / "de.po", 'msgid "button.next"', 'msgid "button.nect"'
    ),
    "de.po is not up to date: make fix": lambda folder: change(folder / "de.po", "#. English: Next\n", ""),
    "storyteller.pot is not up to date: make fix": lambda folder: change(
        folder / "storyteller.pot", 'msgid "button.next"', 'msgid "button.nect"'
    ),
    "en.po: button.next has no comment": lambda folder: change(
        folder / "en.po", f"#. {EN['button.next'].auto_comments[0]}\n", ""
    ),
    "the code uses button.next, which en.po has not": lambda folder: change(
        folder / "en.po", 'msgid "button.next"', 'msgid "button.nect"'
    ),
    "en.po: button.nect is not used": lambda folder: change(
        folder / "en.po", 'msgid "button.next"', 'msgid "button.nect"'
    ),
}
"""What is found, and what it takes."""


@pytest.mark.parametrize("found", BREAKS)
def test_what_is_wrong_with_a_catalogue_is_found(tmp_path: Path, found: str) -> None:
    for name in ("storyteller.pot", "en.po", "de.po"):
        shutil.copy(check.FOLDER / name, tmp_path)
    BREAKS[found](tmp_path)
    assert found in check.problems(tmp_path)


def test_a_catalogue_that_is_behind_is_brought_up_to_date_and_keeps_what_it_has(folder: Path) -> None:
    change(folder / "en.po", 'msgid "button.next"', 'msgid "button.newest"')
    change(folder / "de.po", '"Los geht\'s"', '"Anfangen"')
    check.bring_up_to_date(folder)
    now = check.messages(check.load(folder / "de.po"))
    assert list(now) == list(check.messages(check.load(folder / "en.po")))
    assert not now["button.newest"].string
    assert now["button.begin"].string == "Anfangen"


def test_a_placeholder_that_reaches_into_a_value_is_not_taken(folder: Path) -> None:
    change(folder / "de.po", '"Szene {number}"', '"Szene {number.__class__}"')
    with pytest.raises(ValueError, match=r"scene\.number"):
        Catalogues(folder)["de"]


def test_an_apostrophe_is_written_in_one_way() -> None:
    for read in catalogue.CATALOGUES.values():
        assert len({each for key in read for text in read.texts(key) for each in text if each in "'’"}) <= 1


def test_help_names_every_command() -> None:
    described = {key.removeprefix("command.") for key in EN if key.startswith("command.")}
    groups = {key for key in described if any(each.startswith(f"{key}.") for each in described)}
    assert {name.replace(" ", ".") for names in GROUPS.values() for name in names} == described - groups
