"""What the preview asks, each settled by one press; how a story is read; and the press that starts it."""

import re

import discord
import pytest
from simcord import MemberActor, ResponseMessage

from story.errors import NotKeptError
from story.importing.markdown_writer import write_markdown
from story.model import Vote
from story.rules.settings import Order
from tests.builders import story
from tests.cogs.stage import TIME_IS_UP, Stage, buttons, labels, private, shown
from tests.cogs.test_importing import bring, message

VOICES = ("JAMES", "LILY", "REMUS", "GENERAL")
TURNS = 3
HEAD = "The Long Shore\n\nby Kit Marlow\n\n"
THANKS = "A/N: Thanks to my beta, who read this twice. Please review!"


def part(voice: str, turn: int) -> str:
    return f"{voice} POV\n\nThe {turn} tide came in, and {voice.title()} stood where the sand was still dry."


def manuscript(*more: str) -> str:
    """Four voices in turns, a part each, with thanks before, between and behind."""
    parts = [part(voice, turn) for turn in range(1, TURNS + 1) for voice in VOICES]
    return HEAD + "\n\n".join([THANKS, *parts[:6], THANKS, *parts[6:], *more, THANKS])


SLIP = part("JAMSE", 9)
ALONE = "It rained all night.\n\nIn the morning the road was gone."


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who may manage the server."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def previewed(
    stage: Stage, owner: MemberActor, text: str | bytes = "", name: str = "shore.txt"
) -> ResponseMessage:
    return message(await bring(stage, owner, text or manuscript(), name))


def modes(preview: ResponseMessage) -> list[tuple[str, str, bool]]:
    """The ways to read a story that can be chosen: their names, what they mean, and which is chosen."""
    selects = [row["components"][0] for row in preview.components if row.get("components")]
    [options] = [each["options"] for each in selects if each["type"] == discord.ComponentType.select.value] or [[]]
    return [(each["label"], each["description"], each.get("default", False)) for each in options]


# ---- doubts


async def test_a_slip_in_a_name_is_asked_about_and_mended_by_one_press(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner, manuscript(SLIP))
    assert "1. Jamse: did you mean James? (line " in shown(preview)
    await owner.click(preview, label="1. Merge")
    assert "Jamse: did you mean" not in shown(preview)
    assert "James (4 sections)" in shown(preview)


async def test_a_second_press_of_what_is_settled_changes_nothing_else(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner, manuscript(SLIP, part("LILLY", 9)))
    [first, _] = [button["custom_id"] for button in buttons(preview) if button["label"].endswith("Merge")]
    with stage.at_once():
        await owner.click(preview, custom_id=first)
        await owner.click(preview, custom_id=first)
    await stage.env.settle()
    assert len(re.findall("did you mean", shown(preview))) == 1


async def test_of_many_doubts_ten_are_asked_and_fit_beside_everything_else(stage: Stage, owner: MemberActor) -> None:
    names = [
        "MARGARET",
        "FREDERIC",
        "ELEANORA",
        "THEODORE",
        "CORNELIA",
        "LEONARDO",
        "BEATRICE",
        "MORTIMER",
        "PENELOPE",
        "HORATIOS",
        "ROSALIND",
    ]
    parts = [part(name, turn) for turn in (1, 2) for name in names]
    slips = [part(name[:-2] + name[-1] + name[-2], 3) for name in names]
    preview = await previewed(stage, owner, "\n\n".join(parts + slips))
    asked = [label for label in labels(preview) if label.endswith(". Merge")]
    assert asked == [f"{n}. Merge" for n in range(1, 11)]
    assert shown(preview).count("did you mean") == 10


async def test_what_was_understood_right_is_left_with_one_press(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner, manuscript(SLIP))
    await owner.click(preview, label="The rest is right")
    assert "did you mean" not in shown(preview)
    assert "Jamse (1 section)" in shown(preview)
    assert "The rest is right" not in labels(preview)


async def test_a_paragraph_at_the_start_that_may_be_a_note_becomes_one_by_one_press(
    stage: Stage, owner: MemberActor
) -> None:
    text = f"{HEAD}I typed it on the night train, for the readers.\n\n{ALONE}"
    preview = await previewed(stage, owner, text)
    assert "Story, or an author's note? I typed it on" in shown(preview)
    await owner.click(preview, label="1. It's a note")
    assert "Story, or an author's note?" not in shown(preview)
    assert "-# Author's note" in shown(preview)


# ---- notes


async def test_a_note_is_one_line_and_ends_in_an_ellipsis_at_a_word(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner)
    notes = [line for line in shown(preview).splitlines() if line.startswith("-# Author's note")]
    assert len(notes) == 3
    assert notes[0].endswith("A/N: Thanks to my beta, who read this twice. Please review!")
    long = f"A/N: {'gratitude and warmth ' * 20}\n\n{part('JAMES', 1)}\n\n{part('LILY', 1)}"
    text = shown(await previewed(stage, owner, long))
    assert re.search(
        r"A/N: (gratitude and warmth )*(gratitude|gratitude and|gratitude and warmth)…$", text, re.MULTILINE
    )


async def test_content_notes_are_shown(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner, write_markdown(story("AB", "A", story_id="own")), "own.md")
    assert "**Content notes:** storms" in shown(preview)


# ---- how it is read


async def test_several_voices_are_voted_on_and_the_preview_says_what_that_means(
    stage: Stage, owner: MemberActor
) -> None:
    preview = await previewed(stage, owner)
    assert "You vote on whose part comes next. Parts can be skipped and reread with `/reread`." in shown(preview)
    assert modes(preview)[0] == ("Vote on whose part comes next", "12 scenes, 11 votes", True)
    assert modes(preview)[-1] == ("Read in order", "12 scenes, no votes", False)


async def test_another_way_to_read_is_chosen_and_kept_with_the_story(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner)
    await owner.select(preview, ["in_order"])
    assert "In order, without votes." in shown(preview)
    assert modes(preview)[-1] == ("Read in order", "12 scenes, no votes", True)
    await owner.click(preview, label="Keep it")
    [own] = stage.queries.library.own(stage.server.id)
    kept = stage.queries.library.get(own.id)
    assert kept
    assert kept.vote is Vote.ORDER
    assert 'vote = "order"' in write_markdown(kept)


async def test_the_parts_of_a_chapter_become_one_moment_with_a_vote_on_who_tells_it(
    stage: Stage, owner: MemberActor
) -> None:
    chapters = [f"# Chapter {n}\n\n{part('JAMES', n)}\n\n{part('LILY', n)}" for n in (1, 2, 3)]
    preview = await previewed(stage, owner, "\n\n".join(chapters), "shore.md")
    await owner.select(preview, ["same_moment"])
    assert "You vote on who tells a scene." in shown(preview)
    assert "3 scenes, 6 sections" in shown(preview)


async def test_a_story_of_our_own_format_can_be_read_otherwise_too(stage: Stage, owner: MemberActor) -> None:
    own = write_markdown(story("A", "B", "A", story_id="own"))
    preview = await previewed(stage, owner, own, "own.md")
    assert "You vote on whose part comes next." in shown(preview)
    await owner.select(preview, ["in_order"])
    assert "In order, without votes." in shown(preview)
    await owner.select(preview, ["follow"])
    assert "You vote on whose part comes next." in shown(preview)


async def test_a_way_to_read_that_is_gone_meanwhile_changes_nothing(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner, f"{part('JAMES', 1)}\n\n{part('JAMSE', 2)}\n\n{part('JAMES', 3)}")
    [merge] = [button["custom_id"] for button in buttons(preview) if button["label"] == "1. Merge"]
    with stage.at_once():
        await owner.click(preview, custom_id=merge)
        await owner.select(preview, ["in_order"])
    await stage.env.settle()
    assert "nothing to vote on" in shown(preview)


async def test_with_one_narrator_there_is_plainly_nothing_to_vote_on(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner, ALONE)
    assert "It has one narrator, so there's nothing to vote on." in shown(preview)
    assert modes(preview) == []


async def test_of_a_branching_story_the_preview_says_that_ways_are_voted_on(stage: Stage, owner: MemberActor) -> None:
    twee = b":: Start\nDoors.\n[[Left]]\n[[Right]]\n\n:: Left\nDark.\n\n:: Right\nLight.\n"
    assert "You vote on where the story goes." in shown(await previewed(stage, owner, twee, "doors.twee"))


# ---- keeping and starting


async def test_what_could_not_be_kept_stays_in_the_preview(
    stage: Stage, owner: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = await previewed(stage, owner)

    full_disk = NotKeptError("full")

    async def full(*_: object) -> None:
        raise full_disk

    monkeypatch.setattr(stage.bot.services.imports, "keep", full)
    await owner.click(preview, label="Keep it")
    monkeypatch.undo()
    await owner.click(preview, label="Keep it")
    assert len(stage.queries.library.own(stage.server.id)) == 1


async def test_a_manuscript_of_four_voices_is_read_with_votes_to_its_end(stage: Stage, owner: MemberActor) -> None:
    preview = await previewed(stage, owner)
    await owner.click(preview, label="Keep it")
    assert labels(preview) == ["Start it here"]
    assert (await stage.queries.settings(stage.server.id)).order is Order.STORY
    page = (await owner.click(preview, label="Start it here")).response
    assert page
    assert not page.ephemeral
    said = [shown(page)]
    assert "The 1 tide came in, and James stood" in said[0]
    assert labels(page) == ["Lily", "Remus", "General", "James", "Next"]
    votes = 0
    while "Next" in labels(stage.last()):
        whose = labels(stage.last())[0]
        votes += whose != "Next"
        await stage.press(stage.ann, whose)
        await stage.env.advance_time(TIME_IS_UP)
        said.append(shown(stage.last()))
    text = "\n".join(said)
    assert votes >= 9
    assert all(f"The {turn} tide came in, and {voice.title()}" in text for turn in (1, 2, 3) for voice in VOICES)
    assert "beta" not in text
    assert "review" not in text
    assert "beta" not in private(await stage.ann.slash(stage.channel, "story info", story="The Long Shore"))
    assert (await stage.queries.place(stage.server.id, stage.channel.id)).at_end


async def test_where_something_is_read_already_the_press_says_so(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    preview = await previewed(stage, owner)
    await owner.click(preview, label="Keep it")
    assert "A Tale" in private(await owner.click(preview, label="Start it here"))
