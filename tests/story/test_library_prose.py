"""The prose of the story in the box, as far as prose can be counted: what its EDITING.md rations and promises."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest

from story.importing.markdown import read_markdown
from story.services.library import BOX

FOLDER = BOX / "room-241"
TEXTS = {
    (scene.id, section.pov.id): section.text for scene in read_markdown(FOLDER).scenes for section in scene.sections
}
"""The sections' texts by scene and voice."""

NAMES = ["/".join(key) for key in TEXTS]
VOICES = {"james", "lily", "general"}
SPOKEN = ("crossed-wires", "why", "a-blur")
"""The scenes that are played out in dialogue."""

SPEECH = re.compile(r"‘[^’]*(?:’(?=\w)[^’]*)*’")
"""A speech between quotes; a closing quote with a letter behind it is an apostrophe."""

DENIAL = re.compile(r"\bI (?:was|did|am|do|have|had) not\b|\bI (?:wasn|didn|don|haven|hadn)’t\b|isn’t true\b")
SIMILE = re.compile(
    r"\blike (?:an?|the|somebody|someone|people)\b"
    r"|\bas (?:if|though|one|you|people|boys|magistrates|anyone)\b"
    r"|\bas \w+ as an?\b"
)
CLOTHES = re.compile(r"\b(?:coat|hook|button|gloves?|hat|shirt|collar|sleeve|sock|slippers)\b")

each_section = pytest.mark.parametrize("text", TEXTS.values(), ids=NAMES)


def number_of_words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def share_of_speech(*texts: str) -> float:
    return number_of_words(speech for text in texts for speech in SPEECH.findall(text)) / number_of_words(texts)


def sentences(text: str) -> list[str]:
    """The sentences with their marks; a closing quote ends one only behind a mark."""
    return [part for part in re.split(r"(?<=[.!?…])[’”]?\s+|\n+", text.replace("*", "")) if part.strip()]


def bare_words(text: str) -> list[str]:
    return re.findall(r"\w[\w’]*", text.casefold())


def told_twice(phrases_of: dict[str, set[str]]) -> dict[str, list[str]]:
    """The phrases that stand in more than one section, with the sections' names."""
    heard: dict[str, list[str]] = defaultdict(list)
    for name, phrases in phrases_of.items():
        for phrase in phrases:
            heard[phrase].append(name)
    return {phrase: names for phrase, names in heard.items() if len(names) > 1}


def told_by(voice: str) -> str:
    return "\n\n".join(text for (_, pov), text in TEXTS.items() if pov == voice)


def threads() -> list[tuple[str, str, str, str, str]]:
    """The rows of the table of threads in EDITING.md: thread, planted or paid, scene, voice, phrase."""
    notes = (FOLDER / "EDITING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (planted|paid) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", notes, re.MULTILINE)
    return [(thread, end, scene, voice, phrase) for thread, end, scene, voice, phrase in rows]


@each_section
def test_a_section_has_220_to_420_words(text: str) -> None:
    assert 220 <= len(text.split()) <= 420


def test_the_whole_has_12_000_to_15_000_words() -> None:
    assert 12_000 <= number_of_words(TEXTS.values()) <= 15_000


def test_the_first_night_begins_within_120_words() -> None:
    background, _, night = TEXTS["once-a-year", "general"].partition("The third time, ")
    assert len(background.split()) <= 120
    assert len(night.split()) >= 220


@each_section
def test_a_sentence_has_at_most_30_words(text: str) -> None:
    assert [sentence for sentence in sentences(text) if len(sentence.split()) > 30] == []


def test_people_speak_12_to_18_percent_of_the_words() -> None:
    assert 0.12 <= share_of_speech(*TEXTS.values()) <= 0.18


@pytest.mark.parametrize("scene", SPOKEN)
@pytest.mark.parametrize("voice", sorted(VOICES))
def test_a_scene_of_dialogue_is_20_to_35_percent_speech_in_every_voice(scene: str, voice: str) -> None:
    assert 0.20 <= share_of_speech(TEXTS[scene, voice]) <= 0.35


def test_no_two_sections_share_a_sentence() -> None:
    """One of less than three words is a gesture and may come again."""
    bare = {
        name: {" ".join(words) for part in re.split(r"[.!?…\n]", text) if len(words := bare_words(part)) >= 3}
        for name, text in zip(NAMES, TEXTS.values(), strict=True)
    }
    assert told_twice(bare) == {}


def test_no_two_sections_share_seven_words_in_a_row() -> None:
    runs = {}
    for name, text in zip(NAMES, TEXTS.values(), strict=True):
        words = bare_words(text)
        runs[name] = {" ".join(words[at : at + 7]) for at in range(len(words) - 6)}
    assert told_twice(runs) == {}


@pytest.mark.parametrize("row", threads(), ids="/".join)
def test_a_thread_shows_where_the_notes_say(row: tuple[str, str, str, str, str]) -> None:
    _, _, scene, voice, phrase = row
    assert phrase in TEXTS[scene, voice]


def test_a_thread_is_planted_in_all_tellings_of_one_scene_and_paid_in_all_of_a_later_one() -> None:
    order = list(dict.fromkeys(scene for scene, _ in TEXTS))
    ends: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for thread, end, scene, voice, _ in threads():
        ends[thread, end].append((scene, voice))
    names = {thread for thread, _ in ends}
    assert len(names) == 8
    for name in names:
        planted, paid = ends[name, "planted"], ends[name, "paid"]
        assert {voice for _, voice in planted} == {voice for _, voice in paid} == VOICES
        (seed,), (fruit,) = {scene for scene, _ in planted}, {scene for scene, _ in paid}
        assert order.index(seed) < order.index(fruit)


def test_coats_and_doors_are_rationed() -> None:
    used = Counter(word.rstrip("s") for text in TEXTS.values() for word in bare_words(text))
    assert used["coat"] <= 19
    assert used["door"] <= 22


def test_lily_denies_at_most_eight_things() -> None:
    assert len(DENIAL.findall(SPEECH.sub("", told_by("lily")))) <= 8


@pytest.mark.parametrize("voice", sorted(VOICES))
def test_a_voice_has_at_most_eight_similes(voice: str) -> None:
    assert len(SIMILE.findall(told_by(voice))) <= 8


def test_at_most_four_sections_end_on_something_to_wear() -> None:
    endings = {name: " ".join(sentences(text)[-2:]) for name, text in zip(NAMES, TEXTS.values(), strict=True)}
    assert len([name for name, ending in endings.items() if CLOTHES.search(ending)]) <= 4
