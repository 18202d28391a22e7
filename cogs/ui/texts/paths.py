"""Texts about the path of a reading: in its picture, beside it, and in place of it."""

from collections.abc import Iterable, Sequence

from cogs.ui.texts.facts import plain, shortened, spans
from cogs.ui.texts.pages import scene_of
from cogs.ui.texts.pieces import bold, heading, names, small
from cogs.ui.texts.speech import dot, t
from story.model import Pov, Scene, Story
from story.rules.page import Page

PATH_FILE = "path.png"
MOST_ALT = 1024
"""The most characters of a picture's alt text on Discord."""


def path_title(story: Story) -> str:
    """Head the path."""
    return t("path.title", title=story.title)


def path_place(page: Page, to_come: int, first: int = 1, last: int = 0) -> str:
    """Say how far the path has come, and where the picture begins, if not at the first scene."""
    come = [t("path.to_come", n=to_come)] if to_come else []
    shown = [t("path.shown", scenes=spans(range(first, last + 1)))] if first > 1 else []
    return dot().join([scene_of(page), *come, *shown])


def path_alt(page: Page, told: Sequence[tuple[Pov, Sequence[int], Sequence[int]]]) -> str:
    """Put the picture of the path into words: for each POV, the scenes heard from it, and the others it tells.

    If the numbers would be too long, it counts them instead.
    """
    head = t("path.alt", title=page.story.title, scene=scene_of(page))
    whole = " ".join([head, *(_row(pov, spans(yes), spans(no)) for pov, yes, no in told)])
    if len(whole) <= MOST_ALT:
        return whole
    return shortened(" ".join([head, *(_row(pov, _counted(yes), _counted(no)) for pov, yes, no in told)]), MOST_ALT)


def _row(pov: Pov, heard: str, missed: str) -> str:
    if heard and missed:
        return t("path.alt.both", pov=pov.name, heard=heard, missed=missed)
    return t("path.alt.heard" if heard else "path.alt.not_heard", pov=pov.name, heard=heard, missed=missed)


def _counted(numbers: Sequence[int]) -> str:
    return t("path.in_scenes", n=len(numbers)) if numbers else ""


def path_caption(unlettered: Iterable[tuple[int, Pov]]) -> str:
    """Say under the picture whom its numbers stand for, if a name could not be drawn."""
    named = dot().join(f"{number} {plain(pov.name)}" for number, pov in unlettered)
    return "\n".join([*([small(named)] if named else []), small(t("path.caption"))])


def path_head(page: Page, to_come: int) -> str:
    """Head the path as text."""
    return f"{heading(plain(path_title(page.story)))}\n{small(path_place(page, to_come))}"


def path_line(number: int, scene: Scene | None, heard: Pov, others: Sequence[Pov]) -> str:
    """Say whom we heard in a scene of the path, and who else tells it."""
    title = plain(scene.title) if scene else t("path.scene_gone")
    told = plain(heard.name)
    if others:
        told = t("path.others", pov=told, others=names(pov.name for pov in others))
    return f"{bold(f'{number}. {title}')}{dot()}{told}"


def path_left_out(scenes: int) -> str:
    """Say that the path is too long to show all of it."""
    return small(t("path.left_out", n=scenes))
