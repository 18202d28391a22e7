"""Looks a story over for what would surprise a group of readers: it can be read all the same."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from story.authoring.unsupported import unshown
from story.importing import Mistake
from story.importing.positions import Positions, Spot
from story.model import Pov, Scene, Section, Story
from story.rules.links import Ways
from story.rules.measure import visible
from story.rules.story_dates import backwards

ROOM = 2_500
"""How many characters of a section fit into one message of 4,000, beside its heading and ballot."""
ROOM_BYTES = 6_000
"""How many bytes of UTF-8 fit: other scripts than Latin reach this limit first."""
BUTTONS = {"next", "ready", "weiter", "bereit", "suivant", "siguiente", "avançar", "dalej"}
"""The labels of the bot's buttons beside those of POVs."""
LONGEST_LABEL = 80
"""How many characters of a label Discord shows on a button."""

Sections = Sequence[tuple[Scene, Section]]


def proofread(
    ways: Ways,
    positions: Positions,
    watched: Callable[[Sections], Iterable[tuple[Scene, Section]]] = iter,
) -> list[Mistake]:
    """Return the remarks on a story, in the order of its files. `watched` may show the progress."""
    story = ways.story
    sections = [(scene, section) for scene in story.scenes for section in scene.sections]
    found = [*_of_ways(ways, positions), *_of_povs(story, positions), *_of_recaps(sections, positions)]
    for scene, section in watched(sections):
        found += _of_section(scene, section, positions)
    for translation in story.translations:
        found += _of_translation(translation, story, positions.translations[translation.language])
    return sorted(found)


def misdated(story: Story, positions: Positions) -> list[Mistake]:
    """Return the dates that go backwards, which a serial by the story's dates passes over."""
    what = "is before that of the scene before it; one of the year after needs its year"
    found = [(positions.scene(scene.id), scene.title) for scene in backwards(story)]
    return sorted(_at(spot, f"the date of “{title}” {what}") for spot, title in found)


def messages(text: str) -> int:
    """Return about how many messages a section takes."""
    return max(1, -(-len(text) // ROOM), -(-len(text.encode()) // ROOM_BYTES))


def _of_ways(ways: Ways, positions: Positions) -> Iterator[Mistake]:
    for scene in ways.traps:
        yield _at(positions.scene(scene.id), "from here on no way leads to an end of the story")
    for scene in ways.story.scenes:
        spot = positions.scene(scene.id)
        if scene.id not in ways.reachable:
            yield _at(spot, f"no way leads to the scene “{scene.title}”")
        yield from _of_labels(scene, positions)


def _of_labels(scene: Scene, positions: Positions) -> Iterator[Mistake]:
    seen: set[str] = set()
    for number, link in enumerate(scene.links or ()):
        here, column = positions.link(scene.id, number)
        if len(link.label) > LONGEST_LABEL:
            yield _at(here, _cut_off("way", link.label), column)
        if _looks(link.label) in seen:
            yield _at(here, f"two ways on from “{scene.title}” look alike: “{link.label[:30]}”", column)
        seen.add(_looks(link.label))


def _of_povs(story: Story, positions: Positions) -> Iterator[Mistake]:
    telling = {section.pov.id for section in story.sections()}
    for pov in story.povs:
        if pov.id not in telling:
            yield _at(positions.pov(pov.id), f"{pov.name} is a POV of this story, and tells nothing in it")
        if len(pov.name) > LONGEST_LABEL:
            yield _at(positions.pov(pov.id), _cut_off("name", pov.name))
        if _looks(pov.name) in BUTTONS:
            yield _at(positions.pov(pov.id), f"a POV called {pov.name} has a button that looks like the bot’s own")
        if visible(pov.name) != pov.name:
            yield _at(positions.pov(pov.id), f"the name “{visible(pov.name)}” has signs in it that cannot be seen")
    yield from (_at(positions.pov(pov.id), f"two POVs look alike: {visible(pov.name)}") for pov in _alike(story.povs))


def _alike(povs: Sequence[Pov]) -> Iterator[Pov]:
    """Yield the POVs whose names look like an earlier one's."""
    seen: set[str] = set()
    for pov in povs:
        if _looks(pov.name) in seen:
            yield pov
        seen.add(_looks(pov.name))


def _looks(name: str) -> str:
    """Return what a name looks like, whatever it is written with."""
    return " ".join(unicodedata.normalize("NFKC", visible(name)).casefold().split())


def _of_recaps(sections: Sections, positions: Positions) -> Iterator[Mistake]:
    lacking = [(scene, section) for scene, section in sections if not section.recap]
    if len(lacking) == len(sections):
        yield _at(positions.beginning, "no section has a recap, so /recap and /catchup have little to say")
        return
    for scene, section in lacking:
        yield _at(positions.section(scene.id, section.pov.id), f"no recap: {section.pov.name} in “{scene.title}”")


def _of_translation(translation: Story, story: Story, positions: Positions) -> Iterator[Mistake]:
    language = translation.language
    done = [translation.scene(scene.id) is not None for scene in story.scenes]
    missing = [scene for scene, is_done in zip(story.scenes, done, strict=True) if not is_done]
    if missing and True in done[done.index(False) :]:  # otherwise it is just unfinished
        what = (
            f"{language}: {len(missing)} of {len(story.scenes)} scenes are not translated, first “{missing[0].title}”"
        )
        yield _at(positions.beginning, what)
    for scene in translation.scenes:
        for section in story.scenes[story.position(scene.id) or 0].sections:
            translated = scene.told_by(section.pov.id)
            if translated is None:
                what = f"{language}: {section.pov.name} is not translated in “{scene.title}”"
                yield _at(positions.scene(scene.id), what)
                continue
            if section.recap and not translated.recap:
                spot = positions.section(scene.id, section.pov.id)
                yield _at(spot, f"no recap: {translated.pov.name} in “{scene.title}”, which has one in the story")
            yield from _of_section(scene, translated, positions)
        for number, link in enumerate(scene.links or ()):
            if len(link.label) > LONGEST_LABEL:
                here, column = positions.link(scene.id, number)
                yield _at(here, _cut_off("way", link.label), column)


def _of_section(scene: Scene, section: Section, positions: Positions) -> Iterator[Mistake]:
    here = positions.section(scene.id, section.pov.id)
    text = positions.text(scene.id, section.pov.id)
    if not visible(section.text).strip():
        yield _at(here, f"empty: {section.pov.name} in “{scene.title}” has nothing that can be seen")
    parts = messages(section.text)
    if parts > 1:
        whose = f"{section.pov.name} in “{scene.title}”"
        yield _at(here, f"long: {whose} has {len(section.text):,} characters, about {parts} messages")
    for line, column, what in unshown(section.text):
        if text:
            yield _at(replace(text, line=text.line + line), what, column + 1)
        else:
            yield _at(here, f"{section.pov.name} in “{scene.title}”: {what}")


def _cut_off(what: str, label: str) -> str:
    return f"the {what} “{label[:30]}…” has {len(label)} characters; a button shows the first {LONGEST_LABEL}"


def _at(spot: Spot, what: str, column: int = 0) -> Mistake:
    return Mistake(spot.file, spot.line, what, column)
