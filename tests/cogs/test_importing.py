import re
from dataclasses import replace

import discord
import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from story.importing.limits import Limits
from story.importing.markdown_writer import write_markdown
from tests.builders import story
from tests.cogs.stage import Stage, buttons, labels, private, shown

MANUSCRIPT = """\
A/N: Be kind.

-----

ANNA POV

The rain came in sideways.

-----

BEN POV

Nobody had told me about the rain.

-----

BENJAMIN POV

It rained, and I was late.
"""
OWN = story("AB", "A", story_id="own", title="Our Own")


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who **Manage Server**."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def bring(
    stage: Stage, member: MemberActor, text: str | bytes = MANUSCRIPT, name: str = "rain.txt"
) -> InteractionResult:
    data = text if isinstance(text, bytes) else text.encode()
    return await member.slash(stage.channel, "library import", file=(name, data))


def message(result: InteractionResult) -> ResponseMessage:
    answers = [answer for answer in (result.response, *result.followups) if answer is not None]
    return answers[-1]


async def kept(stage: Stage, owner: MemberActor, text: str | bytes = MANUSCRIPT, name: str = "rain.txt") -> str:
    """Bring a story in and keep it; return its id."""
    preview = message(await bring(stage, owner, text, name))
    await owner.click(preview, label="Keep it")
    [*_, title] = stage.queries.library.own(stage.server.id)
    return title.id


# ---- the preview


async def test_a_preview_shows_what_the_file_would_be_and_nothing_is_kept_yet(stage: Stage, owner: MemberActor) -> None:
    text = private(await bring(stage, owner))
    for part in (
        "**rain**",
        "3 scenes, 3 sections",
        "Anna (1 section), Ben (1 section), and Benjamin (1 section)",
        "Author's note, line 1: A/N: Be kind.",
        "**1. Part 1** · Anna: The rain came in sideways.",
        "Nothing is saved until",
    ):
        assert part in text
    assert stage.queries.library.own(stage.server.id) == []


async def test_kept_a_story_can_be_read_here_and_nowhere_else(stage: Stage, owner: MemberActor) -> None:
    result = await bring(stage, owner)
    await owner.click(message(result), label="Keep it")
    assert "is in your library" in shown(message(result))
    assert "The rain came in sideways." in shown(await stage.ann.slash(stage.channel, "story start", story="rain"))
    assert "**rain**" in private(await stage.ann.slash(stage.channel, "story list"))
    elsewhere = stage.env.create_guild("Others")
    channel = elsewhere.create_text_channel("story")
    dora = elsewhere.add_member(stage.env.create_user("dora"))
    assert "**rain**" not in private(await dora.slash(channel, "story list"))
    assert await dora.autocomplete(channel, "story start", "story", "rain") == []
    [own] = stage.queries.library.own(stage.server.id)
    for command in ("start", "info", "export"):
        assert "I don't know a story called" in private(await dora.slash(channel, f"story {command}", story=own.id))


async def test_discarded_a_story_is_gone(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await owner.click(preview, label="Discard")
    assert shown(preview) == "Discarded. I saved nothing."
    assert stage.queries.library.own(stage.server.id) == []


async def test_a_story_is_brought_in_by_the_menu_of_a_message_too(stage: Stage, owner: MemberActor) -> None:
    with_file = await stage.ann.send(stage.channel, attachments=[("rain.txt", MANUSCRIPT.encode())])
    assert "**rain**" in private(await owner.context_menu(stage.channel, "Import as story", with_file))


async def test_a_message_without_a_file_cannot_be_brought_in(stage: Stage, owner: MemberActor) -> None:
    plain = await stage.ann.send(stage.channel, "hello")
    assert "has no file" in private(await owner.context_menu(stage.channel, "Import as story", plain))


async def test_in_direct_messages_a_story_belongs_to_the_member_alone(stage: Stage) -> None:
    dm = stage.ann.user.dm_channel
    result = await stage.ann.user.slash("library import", file=("rain.txt", MANUSCRIPT.encode()))
    await stage.ann.user.click(message(result), label="Keep it")
    assert [each.title for each in stage.queries.library.own(-dm.id)] == ["rain"]
    assert stage.queries.library.own(stage.server.id) == []


# ---- putting it right


async def test_a_pov_gets_another_name(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await owner.click(preview, label="Rename a POV")
    asked = await owner.select(preview, ["ben"])
    await owner.submit_modal(asked, {"answer": "Bo"})
    assert "Anna (1 section), Bo (1 section), and Benjamin (1 section)" in shown(preview)


async def test_two_povs_become_one(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await owner.click(preview, label="Merge two POVs")
    await owner.select(preview, ["benjamin", "ben"])
    assert "Anna (1 section) and Ben (2 sections)" in shown(preview)


async def test_a_choice_of_povs_that_are_gone_meanwhile_shows_the_preview(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await owner.click(preview, label="Merge two POVs")
    with stage.at_once():
        for _ in range(2):
            await owner.select(preview, ["benjamin", "ben"])
    await stage.env.settle()
    assert "Anna (1 section) and Ben (2 sections)" in shown(preview)


async def test_a_pov_gets_another_colour(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await owner.click(preview, label="Colours")
    await owner.select(preview, ["ben"])
    assert "Pick a colour for Ben." in shown(preview)
    await owner.select(preview, ["f0e442"])
    await owner.click(preview, label="Back")
    await owner.click(preview, label="Keep it")
    ben = stage.queries.library.find(stage.server.id, "rain").pov("ben")
    assert ben
    assert ben.colour == 0xF0E442


async def test_a_note_becomes_story_and_story_a_note(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await owner.click(preview, label="Fix notes")
    await owner.select(preview, ["0"])
    await owner.select(preview, ["1"])
    await owner.click(preview, label="Back")
    assert "Author's note, line 7: The rain" in shown(preview)
    assert "Narrator: A/N: Be kind." in shown(preview)


async def test_what_would_leave_no_story_is_refused_and_changes_nothing(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner, "Just this."))
    await owner.click(preview, label="Fix notes")
    assert "no prose" in private(await owner.select(preview, ["0"]))
    await owner.click(preview, label="Back")
    await owner.click(preview, label="Keep it")
    assert stage.queries.library.find(stage.server.id, "rain")


async def test_many_parts_have_pages(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner, "\n-----\n".join(f"It was day {n}." for n in range(1, 41))))
    await owner.click(preview, label="Fix notes")
    assert labels(preview) == ["Back", "Next page"]
    await owner.click(preview, label="Next page")
    assert labels(preview) == ["Back", "Previous page"]
    await owner.select(preview, ["39"])
    assert labels(preview) == ["Back", "Previous page"]
    await owner.click(preview, label="Back")
    assert "39 scenes" in shown(preview)


async def test_a_story_of_our_own_format_is_kept_or_discarded_and_no_more(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner, write_markdown(OWN), "own.md"))
    assert labels(preview) == ["Keep it", "Discard"]


async def test_a_long_preview_has_pages(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner, "\n-----\n".join(f"{'word ' * 20}{n}." for n in range(80))))
    assert "**80." not in shown(preview)
    await owner.click(preview, label="Next page")
    await owner.click(preview, label="Next page")
    assert "**80." in shown(preview)
    assert "Nothing is saved until" in shown(preview)


async def test_after_a_restart_the_buttons_ask_to_import_it_again(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await stage.restart()
    for label in ("Keep it", "Discard", "Rename a POV", "Fix notes"):
        assert "import the file again" in private(await owner.click(preview, label=label))
    assert stage.queries.library.own(stage.server.id) == []


async def test_a_second_press_of_keep_keeps_nothing_twice(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    [keep] = [button["custom_id"] for button in buttons(preview) if button["label"] == "Keep it"]
    with stage.at_once():
        await owner.click(preview, custom_id=keep)
        await owner.click(preview, custom_id=keep)
    await stage.env.settle()
    assert len(stage.queries.library.own(stage.server.id)) == 1


async def test_a_full_library_is_said_and_the_preview_stays(
    stage: Stage, owner: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.bot.services.imports, "_limits", Limits(of_server=0))
    preview = message(await bring(stage, owner))
    assert "/library remove` makes room" in private(await owner.click(preview, label="Keep it"))
    monkeypatch.setattr(stage.bot.services.imports, "_limits", Limits(of_server=1))
    await owner.click(preview, label="Keep it")
    assert len(stage.queries.library.own(stage.server.id)) == 1


# ---- what cannot be read


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("own.md", b"+++\n[povs.anna]\n+++\n# One\n\n## Anna\n\nText.\n", "title: missing"),
        ("rain.epub", b"PK\x03\x04 no archive", "Line 1: "),
        ("rain.exe", b"MZ", "a format that cannot be read"),
        ("rain.txt", b"", "no prose"),
        ("rain.html", b"\x00\x01\x02", "Line 1: "),
        ("rain.twee", b":: Start\n<<set $x to 1>>\n", "Line "),
    ],
)
async def test_a_broken_file_is_refused_with_its_line(
    stage: Stage, owner: MemberActor, name: str, data: bytes, said: str
) -> None:
    text = private(await bring(stage, owner, data, name))
    assert text.startswith("I can't read this as a story, so I saved nothing:\n- ")
    assert said in text
    assert stage.queries.library.own(stage.server.id) == []


async def test_of_many_mistakes_the_first_ten_are_shown(stage: Stage, owner: MemberActor) -> None:
    front = '+++\ntitle = "A"\nauthors = ["A"]\n[povs.anna]\nname = "Anna"\ncolour = "#112233"\n+++\n'
    text = private(await bring(stage, owner, front + "# Scene\n" + "## Zoe\n\nText.\n" * 15, "own.md"))
    assert text.count("\n- Line ") == 10
    assert "\n- and 5 more" in text


async def test_a_file_that_is_too_large_is_not_even_fetched(stage: Stage, owner: MemberActor) -> None:
    assert "I can read up to 8,192 KiB." in private(await bring(stage, owner, b"x" * (8 * 1024 * 1024 + 1)))


async def test_hostile_names_bring_no_markdown_into_the_preview(stage: Stage, owner: MemberActor) -> None:
    title = "**@everyone** [press](https://example.org) `x`"
    povs = tuple(replace(pov, name="__Anna__" if pov.id == "anna" else pov.name) for pov in OWN.povs)
    scenes = tuple(
        replace(
            scene,
            title="# ~~Big~~",
            sections=tuple(replace(told, pov=povs[0]) for told in scene.sections[:1]),
        )
        for scene in OWN.scenes
    )
    hostile = replace(OWN, title=title, povs=povs, scenes=scenes)
    text = private(await bring(stage, owner, write_markdown(hostile), "..\\..\\own.md"))
    for part in ("**@everyone**", "[press](https", "`x`", "__Anna__", "~~Big~~"):
        assert re.findall(rf"(?<!\\){re.escape(part)}", text) == []


# ---- and out


async def test_an_exported_story_is_the_same_when_it_is_brought_in_again(stage: Stage, owner: MemberActor) -> None:
    first = stage.queries.library.get(await kept(stage, owner))
    assert first
    exported = await owner.slash(stage.channel, "story export", story=first.id)
    [file] = message(exported).attachments
    data = stage.env.backend.cdn.get(file.url)
    assert data
    again = stage.queries.library.get(await kept(stage, owner, data, file.filename))
    assert again
    assert replace(again, id=first.id) == first


async def test_to_remove_a_story_says_what_that_ends_and_ends_it(stage: Stage, owner: MemberActor) -> None:
    own = await kept(stage, owner)
    started = await stage.ann.slash(stage.channel, "story start", story=own)
    asked = await owner.slash(stage.channel, "library remove", story=own)
    assert f"It's being read in <#{stage.channel.id}>. Those readings will end." in private(asked)
    await owner.click(message(asked), label="Remove story")
    assert "Removed **rain**." in shown(asked)
    assert labels(started) == []
    assert "stopped the reading" in shown(started)
    assert stage.queries.library.own(stage.server.id) == []
    assert "There's no story here yet" in private(await stage.ann.slash(stage.channel, "where"))


async def test_only_own_stories_are_suggested_for_removal_and_others_refused(stage: Stage, owner: MemberActor) -> None:
    own = await kept(stage, owner)
    assert await owner.autocomplete(stage.channel, "library remove", "story", "") == [{"name": "rain", "value": own}]
    assert "Nobody is reading it." in private(await owner.slash(stage.channel, "library remove", story=own))
    assert "belongs to every server" in private(await owner.slash(stage.channel, "library remove", story="tale"))
