"""/help: where to begin, and a select of what there is more about."""

import re

import discord
import pytest
from simcord import ResponseMessage

from cogs.core.known_commands import IDS
from cogs.ui.texts.help import GROUPS
from tests.cogs.stage import Stage, private, shown

PRESSABLE = re.compile(r"</([a-z ]+):(\d+)>")


async def opened(stage: Stage) -> ResponseMessage:
    response = (await stage.ann.slash(stage.channel, "help")).response
    assert response
    return response


async def about(stage: Stage, subject: str) -> str:
    message = await opened(stage)
    await stage.ann.select(message, [subject], custom_id="help")
    return shown(message)


def ids(stage: Stage) -> dict[str, int]:
    commands = stage.env.backend.visible_commands(user_id=stage.server.owner.id, channel_id=stage.channel.id)
    return {command["name"]: int(command["id"]) for command in commands}


async def test_help_begins_with_five_commands_that_can_be_pressed(stage: Stage) -> None:
    text = private(await stage.ann.slash(stage.channel, "help"))
    assert [name for name, _ in PRESSABLE.findall(text)] == ["next", "pov", "catchup", "session start", "story list"]


async def test_a_command_is_pressed_by_the_id_that_discord_has_given_it(stage: Stage) -> None:
    found = PRESSABLE.findall(shown(await opened(stage)))
    assert {int(number) for _, number in found} == {ids(stage)[name.split()[0]] for name, _ in found}


async def test_the_ids_are_kept_over_a_restart_without_asking_discord(stage: Stage) -> None:
    before = shown(await opened(stage))
    await stage.restart()
    assert shown(await opened(stage)) == before


async def test_ids_that_were_never_kept_are_asked_for(stage: Stage) -> None:
    await stage.bot.services.members.keep_note(IDS, "")
    await stage.restart()
    assert PRESSABLE.search(shown(await opened(stage)))


async def test_a_subject_lists_its_commands_and_the_select_stays(stage: Stage) -> None:
    message = await opened(stage)
    await stage.ann.select(message, ["help.together"], custom_id="help")
    assert shown(message).startswith("## Read together\n- </session start:")
    await stage.ann.select(message, ["help.me"], custom_id="help")
    assert "</forget me:" in shown(message)


async def test_every_command_is_under_one_subject(stage: Stage) -> None:
    listed = [name for subject in GROUPS for name, _ in PRESSABLE.findall(await about(stage, subject))]
    owners = stage.server.create_role("Owners", permissions=discord.Permissions(administrator=True))
    owner = stage.server.add_member(stage.env.create_user("owner"), roles=[owners])
    assert sorted(listed) == sorted(owner.available_commands(stage.channel))


@pytest.mark.parametrize("subject", ["help.read", "help.together", "help.stories"])
async def test_where_commands_are_not_for_everyone_it_says_so(stage: Stage, subject: str) -> None:
    assert "for whoever started the story" in await about(stage, subject)
