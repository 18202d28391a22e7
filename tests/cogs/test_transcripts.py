import zipfile
from io import BytesIO

import pytest
from simcord import InteractionResult

from tests.cogs.stage import Stage, private


def data_of(stage: Stage, result: InteractionResult) -> tuple[str, bytes]:
    answer = result.followups[-1] if result.followups else result.response
    assert answer
    [file] = answer.attachments
    data = stage.env.backend.cdn.get(file.url)
    assert data
    return file.filename, data


async def heard(stage: Stage) -> None:
    """Read two sections, the second by vote."""
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.ann, "Next")


async def test_a_transcript_has_what_was_heard_with_its_votes_and_names_no_member(stage: Stage) -> None:
    await heard(stage)
    asked = await stage.bob.slash(stage.channel, "transcript")
    assert "**A Tale**: 2 sections, as we read them." in private(asked)
    name, data = data_of(stage, asked)
    text = data.decode()
    assert name == "a-tale-transcript.md"
    assert "**Anna**\n\nAnna tells scene 1.\n\n## Scene 2\n\n**Ben**\n\n> Ben wins with 1 of 1 vote.\n" in text
    assert str(stage.ann.id) not in text


@pytest.mark.parametrize(("form", "beginning"), [("html", b"<!DOCTYPE html>"), ("epub", b"PK")])
async def test_it_can_be_a_page_or_a_book(stage: Stage, form: str, beginning: bytes) -> None:
    await heard(stage)
    name, data = data_of(stage, await stage.bob.slash(stage.channel, "transcript", **{"as": form}))
    assert name == f"a-tale-transcript.{form}"
    assert data.startswith(beginning)
    if form == "epub":
        assert zipfile.ZipFile(BytesIO(data)).testzip() is None


async def test_where_nothing_is_read_there_is_nothing_to_hand_out(stage: Stage) -> None:
    assert "There's no story here yet" in private(await stage.ann.slash(stage.channel, "transcript"))


async def test_before_the_first_section_there_is_nothing_to_hand_out(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="fork")
    assert "We haven't read anything yet" in private(await stage.ann.slash(stage.channel, "transcript"))
