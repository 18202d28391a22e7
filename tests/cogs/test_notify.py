"""What members ask to be told of votes in private: /notify."""

from simcord import InteractionResult, MemberActor

from story.rules.settings import Decide
from tests.cogs.stage import TIME_IS_UP, Stage, labels, private, shown
from tests.cogs.test_reminders import close, directs

HOUR = 3600


async def switch(stage: Stage, member: MemberActor, label: str) -> InteractionResult:
    """Have a member press a button of the panel; return the panel."""
    panel = await member.slash(stage.channel, "notify")
    await stage.click(member, panel, label)
    return panel


async def long_vote(stage: Stage) -> None:
    """Have a vote be open for three hours, under which Bob says nothing."""
    await stage.bot.services.settings.change(stage.server.id, None, seconds=3 * HOUR)
    await stage.next()
    await stage.press(stage.bob, "Ben")
    await stage.press(stage.ann, "Next")
    await stage.press(stage.ann, "Anna")


async def test_all_of_it_is_off_until_it_is_turned_on(stage: Stage) -> None:
    panel = await stage.bob.slash(stage.channel, "notify")
    assert private(panel).count(": off") == 2
    assert labels(panel) == ["Tell me: my turn", "Tell me: votes that close"]
    await stage.click(stage.bob, panel, "Tell me: my turn")
    assert "choose how the story goes on: on" in shown(panel)
    assert labels(panel) == ["Turn off: my turn", "Tell me: votes that close"]
    await stage.click(stage.bob, panel, "Turn off: my turn")
    assert shown(panel).count(": off") == 2


async def test_who_wants_it_is_told_that_it_is_their_turn(stage: Stage) -> None:
    await stage.bot.services.settings.change(stage.server.id, None, decide=Decide.HOST)
    await stage.next()
    await switch(stage, stage.ann, "Tell me: my turn")
    await stage.press(stage.bob, "Next")
    await stage.env.advance_time(TIME_IS_UP)
    [told] = directs(stage, stage.ann)
    link = f"https://discord.com/channels/{stage.server.id}/{stage.channel.id}/{stage.last().id}"
    assert told == f"It's your turn in **A Tale**: {link}"


async def test_who_wants_it_is_told_an_hour_before_a_vote_closes(stage: Stage) -> None:
    await switch(stage, stage.bob, "Tell me: votes that close")
    await long_vote(stage)
    await stage.env.advance_time(2 * HOUR - 1)
    assert directs(stage, stage.bob) == []
    await stage.env.advance_time(2)
    [told] = directs(stage, stage.bob)
    assert told.startswith("The vote in **A Tale** closes <t:")
    assert directs(stage, stage.ann) == []


async def test_a_warning_that_came_due_while_the_bot_was_off_comes_if_there_is_time_left(stage: Stage) -> None:
    await switch(stage, stage.bob, "Tell me: votes that close")
    await long_vote(stage)
    await stage.restart(after=2 * HOUR + 60)
    assert len(directs(stage, stage.bob)) == 1


async def test_who_cannot_be_told_has_it_turned_off_and_hears_of_it_at_the_next_press(stage: Stage) -> None:
    await switch(stage, stage.bob, "Tell me: votes that close")
    close(stage, stage.bob)
    await long_vote(stage)
    await stage.env.advance_time(2 * HOUR + 1)
    assert private(await stage.bob.slash(stage.channel, "notify")).count(": off") == 2
    told = private(await stage.press(stage.bob, "Ben"))
    assert "I couldn't write to you in private" in told
    assert "`/notify` for votes" in told


async def test_what_was_turned_on_goes_with_the_member(stage: Stage) -> None:
    await switch(stage, stage.bob, "Tell me: votes that close")
    asked = await stage.bob.slash(stage.channel, "forget me")
    assert "what you turned on with `/notify`" in private(asked)
    await stage.click(stage.bob, asked, "Delete my data")
    assert private(await stage.bob.slash(stage.channel, "notify")).count(": off") == 2


async def test_alone_with_the_bot_there_is_nothing_to_be_told(stage: Stage) -> None:
    assert stage.bot.tree.get_command("notify").allowed_contexts is None  # type: ignore[union-attr] # it is there
