import asyncio
from typing import Any

import discord
import pytest
from simcord import InteractionResult

from cogs.ui import path_picture
from story.rules.page import Page
from tests.cogs.stage import Stage, private


def gallery(result: InteractionResult) -> dict[str, Any]:
    assert result.response is not None
    [found] = [each for each in result.response.components if each["type"] == discord.ComponentType.media_gallery.value]
    [item] = found["items"]
    return dict(item)


async def read_on(stage: Stage) -> None:
    """Hear scene 1 from Anna and scene 2 from Ben."""
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.ann, "Next")


async def test_path_answers_with_a_picture_that_only_the_member_sees(stage: Stage) -> None:
    await read_on(stage)
    before = len(stage.messages())
    result = await stage.bob.slash(stage.channel, "path")
    assert "`/path` also comes as text" in private(result)
    assert result.response
    [file] = result.response.attachments
    assert (file.filename, file.content_type) == ("path.png", "image/png")
    assert gallery(result)["media"]["url"] == file.url
    assert (stage.env.backend.cdn.get(file.url) or b"").startswith(b"\x89PNG")
    assert len(stage.messages()) == before


async def test_the_picture_has_an_alternative_text(stage: Stage) -> None:
    await read_on(stage)
    alt = gallery(await stage.ann.slash(stage.channel, "path"))["description"]
    assert "scene 2 of 4" in alt
    assert "Anna: heard 1, not heard 2." in alt
    assert "Cleo" not in alt


async def test_path_as_text_says_the_same_in_words(stage: Stage) -> None:
    await read_on(stage)
    result = await stage.bob.slash(stage.channel, "path", **{"as": "text"})
    assert "**2. Scene 2** · Ben (not heard: Anna)" in private(result)
    assert result.response
    assert result.response.attachments == []


async def test_path_before_the_first_section_says_that_there_is_none(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="fork")
    assert "We haven't read anything yet" in private(await stage.ann.slash(stage.channel, "path"))


async def test_path_where_nothing_is_read_says_so(stage: Stage) -> None:
    assert "There's no story here yet" in private(await stage.ann.slash(stage.channel, "path"))


async def test_the_picture_is_not_drawn_on_the_event_loop(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await read_on(stage)
    drawing = path_picture.draw
    loops: list[bool] = []

    def draw(page: Page) -> bytes:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            loops.append(False)
        else:
            loops.append(True)
        return drawing(page)

    monkeypatch.setattr(path_picture, "draw", draw)
    await stage.ann.slash(stage.channel, "path")
    assert loops == [False]
