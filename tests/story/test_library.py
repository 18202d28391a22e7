"""The story in the box keeps to what its EDITING.md promises its readers."""

import re
from math import dist
from pathlib import Path

import pytest

from story.importing.markdown import read_markdown
from story.model import Pov, Scene, Section
from story.services.library import BOX

FOLDER = BOX / "room-241"
STORY = read_markdown(FOLDER)
SECTIONS = [(scene, section) for scene in STORY.scenes for section in scene.sections]
NAMES = [f"{scene.id}/{section.pov.id}" for scene, section in SECTIONS]
each_section = pytest.mark.parametrize(("scene", "section"), SECTIONS, ids=NAMES)

DARK, LIGHT = 0x313338, 0xFFFFFF
"""The ground of Discord's dark and of its light theme."""

# How the three kinds of colour-blind eyes see linear RGB: Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def test_it_has_thirteen_scenes_and_thirty_seven_sections() -> None:
    assert len(STORY.scenes) == 13
    assert len(SECTIONS) == 37


def test_the_general_tells_the_first_scene_alone_and_all_three_tell_every_other() -> None:
    first, *others = STORY.scenes
    assert [pov.name for pov in first.povs] == ["General"]
    assert {tuple(pov.name for pov in scene.povs) for scene in others} == {("James", "Lily", "General")}


@each_section
def test_a_section_has_a_recap_of_one_sentence_and_at_most_160_characters(scene: Scene, section: Section) -> None:
    assert 40 <= len(section.recap) <= 160
    assert section.recap.endswith(".")
    assert "\n" not in section.recap
    assert not re.search(r"[.!?…] ", section.recap)


def test_no_two_recaps_are_the_same() -> None:
    assert len({section.recap for _, section in SECTIONS}) == len(SECTIONS)


@each_section
def test_quotes_and_apostrophes_are_typographic(scene: Scene, section: Section) -> None:
    assert not set("'\"`") & set(section.text + section.recap)


@each_section
def test_there_are_no_headings_inside_and_italics_are_sparing(scene: Scene, section: Section) -> None:
    assert not re.search(r"^#", section.text, re.MULTILINE)
    assert "**" not in section.text
    assert section.text.count("*") % 2 == 0
    assert section.text.count("*") <= 2 * 6


def test_the_german_scenes_are_the_first_three_with_the_same_voices_and_lengths() -> None:
    [german] = STORY.translations
    assert (german.language, german.title) == ("de", "Zimmer 241")
    assert [(scene.id, [pov.id for pov in scene.povs]) for scene in german.scenes] == [
        (scene.id, [pov.id for pov in scene.povs]) for scene in STORY.scenes[:3]
    ]
    for section in (section for scene in german.scenes for section in scene.sections):
        assert 220 <= len(section.text.split()) <= 420
        assert len(section.recap) <= 160
        assert not set("'\"`‘") & set(section.text + section.recap)


def test_nobody_names_harry_before_july() -> None:
    july = STORY.position("july") or 0
    early = [section.text + section.recap for scene in STORY.scenes[:july] for section in scene.sections]
    assert not any("Harry" in text for text in early)
    late = [section for scene in STORY.scenes[july:] for section in scene.sections]
    assert all("Harry" in section.text for section in late)


def test_the_general_mentions_no_baby_before_one_cries_at_the_door() -> None:
    in_flight = STORY.position("the-door") or 0
    for scene in STORY.scenes[1:in_flight]:
        told = scene.told_by("general")
        assert told
        assert not re.search(r"\bbaby\b|\bchild\b|\bson\b", told.text + told.recap)


def test_james_does_not_say_her_name_before_the_door_opens_and_then_it_is_his_first_word() -> None:
    in_flight = STORY.position("the-door") or 0
    told = [scene.told_by("james") for scene in STORY.scenes[: in_flight + 1]]
    texts = [section.text for section in told if section]
    assert not any("Lily" in text for text in texts[:-1])
    assert texts[-1].startswith("Lily.")


def test_james_tells_in_the_first_person_and_without_semicolons() -> None:
    for scene in STORY.scenes[1:]:
        told = scene.told_by("james")
        assert told
        assert ";" not in told.text
        assert re.search(r"\bI(’m|’ve|’d)?\b", told.text)


def test_the_general_tells_in_the_third_person() -> None:
    for scene in STORY.scenes:
        told = scene.told_by("general")
        assert told
        outside_speech = re.sub(r"‘[^’]*(?:’(?=\w)[^’]*)*’|\*[^*]*\*", "", told.text)
        assert not re.search(r"\b(I|my|me)\b", outside_speech)


def test_what_a_server_should_know_before_it_begins_is_there() -> None:
    assert STORY.rating == "Teen"
    assert len(STORY.content_notes) == 6
    assert "not for profit" in STORY.credits
    assert "anonymous fan story" in STORY.credits
    assert all(pov.blurb and len(pov.blurb) <= 100 for pov in STORY.povs)


@pytest.mark.parametrize("ground", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("pov", STORY.povs, ids=lambda pov: pov.id)
def test_a_colour_stands_out_from_the_ground(pov: Pov, ground: int) -> None:
    """WCAG 2.2, 1.4.11: graphics that say something have a contrast of at least 3 to 1."""
    lighter, darker = sorted((luminance(pov.colour), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3


@pytest.mark.parametrize("eyes", EYES)
def test_the_colours_can_be_told_apart_by_all_eyes(eyes: str) -> None:
    """A difference of 2.3 in CIELAB can just be seen by normal eyes side by side; these are ten times as far apart."""
    seen = [lab(pov.colour, eyes) for pov in STORY.povs]
    distances = [dist(one, other) for i, one in enumerate(seen) for other in seen[:i]]
    assert min(distances) >= 23


def test_the_notes_for_whoever_edits_it_name_every_scene() -> None:
    notes = (Path(FOLDER) / "EDITING.md").read_text(encoding="utf-8")
    assert all(scene.title in notes for scene in STORY.scenes)


def linear(colour: int) -> tuple[float, ...]:
    parts = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def luminance(colour: int) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def lab(colour: int, eyes: str) -> tuple[float, float, float]:
    rgb = [
        min(max(sum(a * b for a, b in zip(row, linear(colour), strict=True)), 0), 1) for row in EYES[eyes]
    ]  # fmt: skip
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(to_xyz, white, strict=True)
    )  # fmt: skip
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)
