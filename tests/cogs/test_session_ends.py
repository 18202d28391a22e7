"""How sessions end: stopped, forgotten, with their story or their channel."""

from story.rules.session import FORGOTTEN_AFTER
from tests.cogs.stage import Stage, labels, private, shown
from tests.cogs.test_session import A_GRACE, begun, opened, turned


async def test_the_closing_card_says_what_was_read_for_how_long_and_who_was_there(stage: Stage) -> None:
    card = await begun(stage)
    await stage.bob.click(card, label="Leave")
    await stage.press(stage.ann, "Ben")
    await stage.env.advance_time(A_GRACE)
    page = stage.last()
    await stage.env.advance_time(20 * 60)
    text = shown(await stage.ann.slash(stage.channel, "session stop"))
    assert "**Read in 20 minutes:** Scene 1 (Anna) and Scene 2 (Ben)" in text
    assert "**Votes won:** Ben 1" in text
    assert f"{stage.ann.mention} and {stage.bob.mention}" in text
    assert labels(page) == ["Anna", "Ben", "Cleo", "Next"]
    message = stage.channel.last_message
    assert message
    assert [attachment.filename for attachment in message.attachments] == ["path.png"]


async def test_after_a_session_the_reading_goes_on_as_ever(stage: Stage) -> None:
    await begun(stage)
    await turned(stage)
    await stage.press(stage.ann, "Cleo")
    await stage.ann.slash(stage.channel, "session stop")
    await stage.env.advance_time(3600)
    assert "Cleo tells scene 3." not in [shown(message) for message in stage.messages()]
    await stage.next()
    assert "Cleo tells scene 3." in shown(stage.last())


async def test_a_session_that_never_began_is_stopped_without_a_closing_card(stage: Stage) -> None:
    card = await opened(stage)
    assert "The lobby is closed" in private(await stage.ann.slash(stage.channel, "session stop"))
    assert labels(card) == []
    assert len(stage.messages()) == 1
    assert "There's no session here" in private(await stage.ann.slash(stage.channel, "session readers"))


async def test_buttons_of_a_session_that_is_over_say_so(stage: Stage) -> None:
    card = await opened(stage)
    with stage.at_once():
        await stage.ann.slash(stage.channel, "session stop")
        late = await stage.cat.click(card, label="Join")
    await stage.env.settle()
    assert "There's no session here" in private(late)


async def test_stopping_the_story_ends_the_session(stage: Stage) -> None:
    await begun(stage)
    asked = (await stage.ann.slash(stage.channel, "story stop")).response
    assert asked
    await stage.ann.click(asked, label="Stop reading")
    assert "There's no session here" in private(await stage.ann.slash(stage.channel, "session readers"))


async def test_a_deleted_channel_ends_its_session_only(stage: Stage) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    await stage.ann.slash(other, "session start")
    stage.env.backend.delete_channel(other.id)
    await stage.env.settle()
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))
    assert await stage.bot.services.sessions._store.read.session_in(other.id) is None


async def test_a_deleted_lobby_ends_nothing(stage: Stage) -> None:
    card = await begun(stage)
    stage.env.backend.delete_message(stage.channel.id, card.id)
    await turned(stage)
    assert "scene 2 of 4" in shown(stage.last())


FORGOTTEN = FORGOTTEN_AFTER.total_seconds()


async def test_a_session_that_nobody_presses_in_ends_with_its_closing_card(stage: Stage) -> None:
    card = await begun(stage)
    page = stage.last()
    await stage.env.advance_time(FORGOTTEN - 60)
    assert stage.last().id == page.id
    await stage.env.advance_time(61)
    assert "That's it for this session!" in shown(stage.last())
    assert labels(card) == []
    assert labels(page) == ["Anna", "Ben", "Next"]


async def test_a_press_puts_the_end_of_a_session_off(stage: Stage) -> None:
    await begun(stage)
    await stage.env.advance_time(FORGOTTEN - 60)
    await stage.press(stage.bob, "Ready")
    await stage.env.advance_time(FORGOTTEN - 60)
    assert "That's it for this session!" not in shown(stage.last())
    await stage.env.advance_time(61)
    assert "That's it for this session!" in shown(stage.last())


async def test_a_session_that_pauses_and_is_forgotten_ends_too(stage: Stage) -> None:
    await begun(stage)
    await stage.ann.slash(stage.channel, "session pause")
    await stage.env.advance_time(FORGOTTEN + 1)
    assert "That's it for this session!" in shown(stage.last())


async def test_a_lobby_that_nobody_comes_to_is_closed_without_a_word(stage: Stage) -> None:
    card = await opened(stage)
    await stage.env.advance_time(FORGOTTEN + 1)
    assert labels(card) == []
    assert len(stage.messages()) == 1


async def test_a_session_that_should_have_ended_while_the_bot_was_off_ends_at_the_start(stage: Stage) -> None:
    await begun(stage)
    await stage.restart(after=FORGOTTEN + 1)
    assert "That's it for this session!" in shown(stage.last())


async def test_a_serial_goes_on_after_a_session_that_nobody_stopped(stage: Stage) -> None:
    await stage.next()
    await stage.ann.slash(stage.channel, "serial", every="daily", at="19:30")
    await begun(stage)
    await stage.env.advance_time(3 * 24 * 3600)
    assert sum("tells scene" in shown(message) and bool(message.components) for message in stage.messages()) >= 3


async def test_a_lobby_that_nobody_came_to_stops_no_serial(stage: Stage) -> None:
    await stage.next()
    await stage.ann.slash(stage.channel, "serial", every="daily", at="19:30")
    await stage.ann.slash(stage.channel, "session schedule", when="in 2 hours")
    await stage.env.advance_time(2 * 24 * 3600)
    assert sum("tells scene" in shown(message) for message in stage.messages()) == 3


async def test_stopping_the_story_closes_the_card_of_its_session(stage: Stage) -> None:
    card = await begun(stage)
    asked = await stage.ann.slash(stage.channel, "story stop")
    await stage.click(stage.ann, asked, "Stop reading")
    assert labels(card) == []
    assert "There's no session here" in private(await stage.ann.slash(stage.channel, "session readers"))
