"""Members who have asked with /notify to be told of votes: once each, whatever happens, and not all at once."""

from pathlib import Path
from typing import Any

import pytest

from cogs.core.publisher import DIRECTS
from story.services.alerts import SOON
from tests.wire.driver import Wire, until
from tests.wire.ledger import reading_of
from tests.wire.processes import open_bot
from tests.wire.setting import STORY, database, make_setting
from tests.wire.test_recovering import settled
from tests.wire.test_reminding import directs, told_though_killed

ANN, BOB, CAT = 101, 102, 103
AHEAD = 4
"""Seconds between the first vote and the moment at which those are told who have not voted."""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings under which a vote is open for a little more than an hour."""
    return make_setting(tmp_path, vote_seconds=int(SOON.total_seconds()) + AHEAD)


async def switch_on(wire: Wire, channel: int, member: int, what: str) -> None:
    """Have a member ask for something in the panel of /notify."""
    panel = await wire.command(channel, member, "notify")
    assert panel.message
    await wire.press(channel, member, f"alert:{what}:1", int(panel.message["id"]))


async def leave_a_vote_open(wire: Wire, channel: int, *members: int) -> None:
    """Have a vote open that members do not answer who read along and want to know before it closes."""
    await wire.command(channel, ANN, "story start", story=STORY)
    for member in members:
        await switch_on(wire, channel, member, "closing")
        await wire.press_label(channel, member, "Ben")
    await wire.press_label(channel, ANN, "Next")
    await wire.press_label(channel, ANN, "Anna")


async def unreached(config: Path) -> list[Any]:
    with reading_of(database(config)) as connection:
        return connection.execute("SELECT member FROM unreached").fetchall()


@pytest.mark.parametrize("point", ["before-send", "after-send"])
async def test_a_warning_comes_once_though_the_bot_is_killed_over_it(wire: Wire, config: Path, point: str) -> None:
    [told] = await told_though_killed(
        wire, config, f"{point}:1", lambda: leave_a_vote_open(wire, wire.channel(1), BOB), BOB
    )
    assert told["texts"][0].startswith("The vote in **On the Wire** closes <t:")


@pytest.mark.parametrize("kind", ["429", "never", "cut"])
async def test_a_warning_comes_once_whatever_goes_wrong_with_it(wire: Wire, config: Path, kind: str) -> None:
    async with open_bot(wire, config):
        number = await wire.ask("direct_channel", member=BOB)
        faults = [{"kind": kind, "route": f"POST /channels/{number}/messages", "times": 1}]
        await wire.ask("faults", faults=faults)
        await leave_a_vote_open(wire, wire.channel(1), BOB)
        await until(lambda: directs(wire, BOB), "the warning")
        await settled(config)
    assert len(await directs(wire, BOB)) == 1


async def test_who_takes_no_messages_is_tried_once_and_told_at_the_next_press_after_a_restart(
    wire: Wire, config: Path
) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config):
        await wire.ask("close_directs", member=BOB)
        await leave_a_vote_open(wire, channel, BOB, CAT)
        await until(lambda: directs(wire, CAT), "the warning of somebody else")
        await until(lambda: unreached(config), "Bob to be noted")
    async with open_bot(wire, config):
        await settled(config)
        refused = (await wire.ask("counts"))["refused"]
        assert refused == {"POST /channels/{}/messages 403": 1}
        pressed = await wire.press_label(channel, BOB, "Ben")
        [said] = await until(lambda: wire.ask("followups", interaction=pressed.id), "to be told")
        assert "I couldn't write to you in private" in str(said)
        again = await wire.press_label(channel, BOB, "Anna")
        assert await wire.ask("followups", interaction=again.id) == []


async def test_many_are_warned_a_few_a_second(wire: Wire, config: Path) -> None:
    members = range(300, 312)
    async with open_bot(wire, config):
        await leave_a_vote_open(wire, wire.channel(1), *members)
        await until(lambda: directs(wire, members[-1]), "the last warning")
        await settled(config)
        ago = sorted(await wire.ask("times", route="POST /users/@me/channels"))
    assert len(ago) == len(members)
    # At first as many as come in a second go at once.
    assert ago[-1] - ago[0] > (len(members) - DIRECTS) / DIRECTS - 0.5


@pytest.mark.parametrize("point", ["before-send", "after-send"])
async def test_whose_turn_it_is_is_told_once_though_the_bot_is_killed_over_it(
    wire: Wire, tmp_path: Path, point: str
) -> None:
    config = make_setting(tmp_path, vote_seconds=5)
    channel = wire.channel(1)

    async def have_the_host_decide() -> None:
        panel = await wire.command(channel, ANN, "settings", manages=True)
        assert panel.message
        asked = {"custom_id": "change:0:decide", "message": int(panel.message["id"]), "values": ["host"]}
        await wire.ask("choose", channel=channel, member=ANN, manages=True, **asked)
        await wire.command(channel, ANN, "story start", story=STORY)
        await switch_on(wire, channel, ANN, "turn")
        await wire.press_label(channel, BOB, "Next")

    [told] = await told_though_killed(wire, config, f"{point}:1", have_the_host_decide, ANN)
    assert told["texts"][0].startswith("It's your turn in **On the Wire**: https://")
