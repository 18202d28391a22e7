"""Plain mode: every layout there is says in words what it otherwise shows by signs, circles and boxes."""

import unicodedata
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from discord import ui

from cogs.ui import dates as date_layouts
from cogs.ui import import_preview, layouts, looking_back, settings_panel, texts, translations
from cogs.ui.texts.catalogue import CATALOGUES
from story.importing.doubts import doubts
from story.importing.draft import Draft
from story.importing.modes import Mode, modes
from story.model import Story
from story.rules.delivery import ALERTS
from story.rules.page import Passed
from story.services.drafts import Upload
from tests.builders import ANNA, NOON, story
from tests.cogs.ui.examples import (
    DRAFT,
    FORKED,
    GERMAN,
    TALE,
    TITLE,
    all_settings,
    endings,
    events,
    heard,
    lobbies,
    page,
    pages,
    planned,
)
from tests.cogs.ui.speaking import speaking

MODULES = (layouts, date_layouts, looking_back, settings_panel, import_preview, translations)
NO_LAYOUTS = {
    "parts",
    "choice",
    "rows",
    "box",
    "lay_out",  # all others go through it
    "components",
    "button",
    "pack",
    "translation_button",
    "mark",
    "delivery_mark",
    "step_of",
    "foot_text",
    "ballot_labels",
}
SO_FAR = [Passed(scene, section, step) for step, scene, section in heard()]
EVERY = (*pages(), FORKED)


def upload(tale: Story, draft: Draft | None = DRAFT) -> Upload:
    found = (doubts(draft), modes(draft), Mode.FOLLOW) if draft else ()
    return Upload(3, 1, 5, tale, draft, NOON, *found)


def scopes() -> Iterator[settings_panel.Scope]:
    for each in all_settings():
        yield settings_panel.Scope(each, {"decide"}, [TITLE], here=7)
        yield settings_panel.Scope(each, {"decide"}, [TITLE], reading=7)


LAYOUTS: dict[str, Callable[[], list[Any]]] = {
    "page": lambda: [each for shown in EVERY for moved in (False, True) for each in layouts.page(shown, moved=moved)],
    "ballot": lambda: [layouts.ballot(shown, 1) for shown in EVERY],
    "notice": lambda: [layouts.notice(texts.rehearsal("Ann"))],
    "confirm": lambda: [layouts.confirm(texts.confirm_stop(page("1A")), texts.t("button.again"), "stop:1")],
    "ask_to_turn": lambda: [layouts.ask_to_turn("7:2", 2)],
    "picture": lambda: [layouts.picture("path.png", "A path", texts.path_caption([(1, ANNA)]))],
    "file": lambda: [layouts.file("tale.md", texts.exported(TALE))],
    "pages": lambda: [
        layouts.pages(texts.story_info(TALE), 0, "info"),
        layouts.pages(["x" * 3000] * 3, 1, "info", file="a.ics"),
    ],
    "missed": lambda: [looking_back.missed(page("1A"), heard(), 0)],
    "missed_whole": lambda: [looking_back.missed_whole(page("1A"), heard(), 0)[0]],
    "reread": lambda: [looking_back.reread(page("1A", "2A"), SO_FAR, at, SO_FAR[at].section, 0) for at in (0, 1)],
    "date_card": lambda: [date_layouts.date_card(each, event=event) for each in planned() for event in (True, False)],
    "alerts": lambda: [date_layouts.alerts(each) for each in (ALERTS, ())],
    "lobby": lambda: [layouts.lobby(each) for each in lobbies()],
    "panel": lambda: [settings_panel.panel(scope) for scope in scopes()],
    "setting": lambda: [settings_panel.setting(scope, name) for scope in scopes() for name in scope.names],
    "confirm_reset": lambda: [settings_panel.confirm_reset(reading) for reading in (0, 7)],
    "preview": lambda: [
        import_preview.preview(upload(TALE, draft), texts.preview(TALE, draft), 0) for draft in (DRAFT, None)
    ],
    "choose_pov": lambda: [import_preview.choose_pov(upload(TALE), each, 0) for each in ("rename", "merge", "colours")],
    "choose_part": lambda: [import_preview.choose_part(upload(TALE), DRAFT.parts, 0)],
    "translated": lambda: translations.translated(EVERY[0], GERMAN, *heard()[0][1:]),
    "choose_language": lambda: [translations.choose_language("translate:7:1", [GERMAN])],
    "another": lambda: [layouts.another([TITLE])],
    "after_session": lambda: [
        layouts.notice("That was it.", *layouts.after_session(ended, date))
        for ended in endings()
        for date in (None, events()[0])
    ],
    "choose_colour": lambda: [import_preview.choose_colour(upload(story("AB")), ANNA)],
}
"""Every function that lays something out, and what it makes of examples."""


def functions(module: ModuleType) -> set[str]:
    found = vars(module).items()
    ours = {name for name, each in found if callable(each) and getattr(each, "__module__", "") == module.__name__}
    return {name for name in ours if not name.startswith("_") and not isinstance(vars(module)[name], type)}


def words(item: ui.Item[Any]) -> Iterator[str]:
    """All that an item has members read."""
    match item:
        case ui.TextDisplay():
            yield item.content
        case ui.Button():
            yield item.label or ""
        case ui.Select():
            yield item.placeholder or ""
            yield from (option.label for option in item.options)
        case ui.RoleSelect() | ui.ChannelSelect():
            yield item.placeholder or ""


def signs(text: str) -> str:
    """Return what a screen reader would read out as a sign, or pass over."""
    return "".join(each for each in text if each == "·" or (each > "~" and unicodedata.category(each) in {"So", "Sm"}))


def items(name: str) -> list[ui.Item[Any]]:
    return [item for layout in LAYOUTS[name]() for item in layout.walk_children()]


def test_every_layout_is_looked_at() -> None:
    assert set().union(*map(functions, MODULES)) - NO_LAYOUTS == set(LAYOUTS)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("language", CATALOGUES)
async def test_no_layout_has_signs_in_plain_mode(language: str, name: str) -> None:
    with speaking(language, plain=True):
        assert [text for item in items(name) for text in words(item) if signs(text)] == []


@pytest.mark.parametrize("name", LAYOUTS)
async def test_no_layout_has_boxes_or_rules_in_plain_mode(name: str) -> None:
    with speaking("en", plain=True):
        assert [item for item in items(name) if isinstance(item, ui.Container | ui.Separator)] == []


@pytest.mark.parametrize("name", LAYOUTS)
async def test_every_button_has_words_in_plain_mode(name: str) -> None:
    with speaking("en", plain=True):
        buttons = [item for item in items(name) if isinstance(item, ui.Button)]
        assert [button for button in buttons if button.emoji or not any(map(str.isalpha, button.label or ""))] == []


async def test_signs_are_found_where_there_are_some() -> None:
    found = {sign for item in items("page") for text in words(item) for sign in signs(text)}
    assert found >= {"·", "○", "🔵"}
