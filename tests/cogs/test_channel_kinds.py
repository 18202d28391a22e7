"""Threads that are locked or archived, slowmode, forums, voice and stage: each is said in words, with what helps."""

from collections.abc import Awaitable, Callable

import discord
import pytest
from simcord import ChannelHandle, InteractionResult, MemberActor

from tests.cogs.stage import TIME_IS_UP, Stage, private, shown
from tests.cogs.trouble import EDIT, POST, allow, fail, trouble
from tests.cogs.trouble import late as too_late

LOCKED = "This thread is locked. Unlock it, or give me **Manage Threads**, and it goes on."
ARCHIVED = "This thread is archived. Write something in it to open it again, and it goes on."
KIND = "In a forum, make a post and use `/story start` in it"
SLOW = "takes no more messages for a while"
CODES = pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, 160005, LOCKED),
        (400, 160005, LOCKED),
        (400, 50083, ARCHIVED),
        (400, 20016, SLOW),
        (429, 20016, SLOW),
        (400, 20022, SLOW),
        (400, 20028, SLOW),
        (400, 50008, KIND),
        (400, 50024, KIND),
        (403, 50001, "Please give me"),
        (403, 50013, "Please give me"),
    ],
)
"""How Discord says what is the matter with a channel, and what members are told."""
Ask = Callable[[Stage, ChannelHandle], Awaitable[InteractionResult]]
READERS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    connect=True,
    use_application_commands=True,
)


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True, manage_threads=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


def rights(stage: Stage, permissions: discord.Permissions = READERS) -> None:
    """Have everybody be allowed this, and the bot nothing else."""
    backend = stage.env.backend
    for role in backend.guilds[stage.server.id].roles.values():
        if role.name in {"TestBot", "@everyone"}:
            backend.edit_role(stage.server.id, role.id, {"permissions": permissions.value})


async def thread_of(stage: Stage) -> ChannelHandle:
    stage.env.backend.create_thread(stage.channel.id, "evening", stage.ann.id)
    await stage.env.settle()
    [thread] = stage.channel.threads
    return thread


async def locked(stage: Stage, thread: ChannelHandle, *, on: bool = True) -> None:
    stage.env.backend.edit_channel(thread.id, {}, thread_metadata={"locked": on})
    await stage.env.settle()


async def asked_next(stage: Stage, where: ChannelHandle) -> InteractionResult:
    return await stage.next(channel=where)


async def asked_start(stage: Stage, where: ChannelHandle) -> InteractionResult:
    return await stage.ann.slash(where, "story start", story="fork")


async def asked_session(stage: Stage, where: ChannelHandle) -> InteractionResult:
    return await stage.ann.slash(where, "session start")


async def asked_schedule(stage: Stage, where: ChannelHandle) -> InteractionResult:
    return await stage.ann.slash(where, "session schedule", when="in 2 hours")


BEGINS = pytest.mark.parametrize("ask", [asked_next, asked_start, asked_session, asked_schedule])


# ---- threads that are locked


@BEGINS
async def test_nothing_is_begun_in_a_locked_thread_that_the_bot_may_not_write_in(stage: Stage, ask: Ask) -> None:
    thread = await thread_of(stage)
    rights(stage)
    await locked(stage, thread)
    assert private(await ask(stage, thread)) == LOCKED
    assert stage.messages(thread) == []
    assert "There's no story here yet" in private(await stage.ann.slash(thread, "where"))


@BEGINS
async def test_a_locked_thread_is_no_matter_where_the_bot_may_manage_threads(stage: Stage, ask: Ask) -> None:
    thread = await thread_of(stage)
    rights(stage, READERS | discord.Permissions(manage_threads=True))
    await locked(stage, thread)
    await ask(stage, thread)
    assert len(stage.messages(thread)) == 1


async def test_what_is_read_in_a_locked_thread_is_made_no_serial(stage: Stage) -> None:
    thread = await thread_of(stage)
    rights(stage)
    await stage.next(channel=thread)
    await locked(stage, thread)
    assert private(await stage.ann.slash(thread, "serial", every="daily", at="8pm", zone="UTC")) == LOCKED
    await locked(stage, thread, on=False)
    assert "a new section" in shown(await stage.ann.slash(thread, "serial", every="daily", at="8pm", zone="UTC"))
    await locked(stage, thread)
    await stage.ann.slash(thread, "serial", every="off")
    assert "serial" in shown(stage.last(thread))


async def test_nothing_is_moved_into_a_locked_thread(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    thread = await thread_of(stage)
    rights(stage)
    await locked(stage, thread)
    assert private(await owner.slash(thread, "story move", reading="1")) == LOCKED
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))


async def test_what_waits_for_a_locked_thread_comes_when_that_is_unlocked(stage: Stage) -> None:
    thread = await thread_of(stage)
    await stage.next(channel=thread)
    await stage.press(stage.ann, "Ben", thread)
    fail(stage, POST, 403, 160005, times=None)
    await stage.env.advance_time(TIME_IS_UP)
    assert LOCKED in private(await stage.ann.slash(thread, "where"))
    allow(stage)
    await locked(stage, thread, on=False)
    assert "Ben tells scene 2." in shown(stage.last(thread))


# ---- what Discord says when the bot posts


@CODES
async def test_where_says_what_is_the_matter_with_the_channel(stage: Stage, status: int, code: int, words: str) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    fail(stage, POST, status, code, times=None)
    await stage.env.advance_time(TIME_IS_UP)
    assert words in private(await stage.ann.slash(stage.channel, "where"))


@CODES
async def test_whoever_reads_on_is_told_what_is_the_matter_with_the_channel(
    stage: Stage, status: int, code: int, words: str
) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    fail(stage, POST, status, code, times=None)
    await stage.env.advance_time(TIME_IS_UP)
    too_late(stage)
    assert words in private(await stage.next())


@CODES
async def test_whoever_starts_a_story_elsewhere_is_told_what_is_the_matter_there(
    stage: Stage, status: int, code: int, words: str
) -> None:
    other = stage.server.create_text_channel("other")
    fail(stage, POST, status, code, times=None)
    assert words in private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=other))
    allow(stage)
    begun = "There's no story here yet" not in private(await stage.ann.slash(other, "where"))
    assert begun is (words == SLOW)  # it comes soon


@CODES
async def test_whoever_moves_a_reading_is_told_what_is_the_matter_there(
    stage: Stage, owner: MemberActor, status: int, code: int, words: str
) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    fail(stage, f"POST /channels/{other.id}/messages", status, code, times=None)
    assert words in private(await owner.slash(stage.channel, "story move", channel=other))


async def test_a_channel_that_is_slow_has_its_section_a_little_later(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    fail(stage, POST, 400, 20016, times=3)
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." not in shown(stage.last())
    await stage.env.advance_time(60)
    assert "Ben tells scene 2." in shown(stage.last())


async def test_a_wait_that_is_too_long_to_be_waited_is_slowmode_too(stage: Stage) -> None:
    async def wait(_send: object) -> None:
        raise discord.RateLimited(3600)

    await stage.next()
    await stage.press(stage.ann, "Ben")
    with trouble(POST, wait):
        await stage.env.advance_time(TIME_IS_UP)
        assert SLOW in private(await stage.ann.slash(stage.channel, "where"))


async def test_a_card_in_an_archived_thread_that_cannot_be_changed_holds_up_nothing(stage: Stage) -> None:
    await stage.next()
    fail(stage, EDIT, 400, 50083, times=None)
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())


# ---- kinds of channels


@pytest.mark.parametrize("stage_voice", [False, True])
@BEGINS
async def test_the_chat_of_a_voice_or_stage_channel_can_be_read_in(stage: Stage, ask: Ask, stage_voice: bool) -> None:  # noqa: FBT001 - a parameter of the test
    make = stage.server.create_stage_channel if stage_voice else stage.server.create_voice_channel
    voice = make("evening")
    await ask(stage, voice)
    assert len(stage.messages(voice)) == 1


@BEGINS
async def test_in_voice_the_bot_says_that_it_has_to_connect(stage: Stage, ask: Ask) -> None:
    voice = stage.server.create_voice_channel("evening")
    rights(stage, READERS & ~discord.Permissions(connect=True))
    assert "Please give me **Connect** there." in private(await ask(stage, voice))


async def test_a_story_started_in_a_voice_channel_elsewhere_says_that_it_has_to_connect(stage: Stage) -> None:
    voice = stage.server.create_voice_channel("evening")
    fail(stage, POST, 403, 50001)
    told = private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=voice))
    assert "**Connect**" in told


async def test_a_story_started_in_a_thread_elsewhere_names_the_permission_for_threads(stage: Stage) -> None:
    thread = await thread_of(stage)
    fail(stage, POST, 403, 50001)
    told = private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=thread))
    assert "**Send Messages in Threads**" in told


async def test_whoever_chooses_a_forum_is_told_to_make_a_post(stage: Stage, owner: MemberActor) -> None:
    forum = stage.server.create_forum_channel("stories")
    told = private(await stage.ann.slash(stage.channel, "story start", story="fork", channel=forum))
    assert KIND in told
    assert forum.mention in told
    await stage.next()
    assert KIND in private(await owner.slash(stage.channel, "story move", channel=forum))
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))
