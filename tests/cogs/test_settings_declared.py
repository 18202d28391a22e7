"""A setting is declared once: the panel, what a reading can have and the texts follow from that."""

import discord
import pytest
from simcord import MemberActor, ResponseMessage

from cogs.ui import texts
from story.rules.settings import SETTINGS
from tests.cogs.stage import Stage, labels, shown

SHOWN = [each for each in SETTINGS.values() if each.is_shown]


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who may manage the server."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def opened(stage: Stage, owner: MemberActor) -> ResponseMessage:
    response = (await owner.slash(stage.channel, "settings")).response
    assert response
    return response


async def choose(stage: Stage, owner: MemberActor, name: str, value: str, reading: int = 0) -> ResponseMessage:
    message = await opened(stage, owner)
    if reading:
        await owner.click(message, label="Just this reading")
    await owner.select(message, [name], custom_id=f"setting:{reading}")
    await owner.select(message, [value], custom_id=f"change:{reading}:{name}")
    return message


# ---- the panel


async def test_the_panel_is_grouped(stage: Stage, owner: MemberActor) -> None:
    lines = shown(await opened(stage, owner)).splitlines()
    names = [f"- **{texts.t(f'setting.{each.name}')}:**" for each in SHOWN]
    assert [line for line in lines if line in {"**Voting**", "**Pages**", "**Server**"}] == [
        "**Voting**",
        "**Pages**",
        "**Server**",
    ]
    assert [line.split(":**")[0] + ":**" for line in lines if line.startswith("- ")] == names


async def test_only_what_differs_from_the_default_is_marked(stage: Stage, owner: MemberActor) -> None:
    message = await choose(stage, owner, "names", "false")
    assert "**Show names:** Numbers only (changed)" in shown(message)
    assert shown(message).count("(changed)") == 1


async def test_what_is_set_to_the_default_again_is_not_marked(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "names", "false")
    assert "(changed)" not in shown(await choose(stage, owner, "names", "true"))


async def test_of_a_reading_what_differs_from_its_server_is_marked(stage: Stage, owner: MemberActor) -> None:
    await stage.next()
    await choose(stage, owner, "names", "false")
    message = await choose(stage, owner, "names", "false", reading=1)
    assert "(just this reading)" not in shown(message)
    assert "**Server**" not in shown(message)
    assert "(just this reading)" in shown(await choose(stage, owner, "names", "true", reading=1))


async def test_with_numbers_only_the_card_names_nobody(stage: Stage, owner: MemberActor) -> None:
    await choose(stage, owner, "names", "false")
    await stage.next()
    await stage.press(stage.ann, "Ben")
    assert stage.ann.mention not in shown(stage.last())
    assert "Ben · 1" in labels(stage.last())


@pytest.mark.parametrize("name", [each.name for each in SHOWN])
async def test_every_setting_can_be_opened(stage: Stage, owner: MemberActor, name: str) -> None:
    message = await opened(stage, owner)
    await owner.select(message, [name], custom_id="setting:0")
    assert shown(message).startswith(f"## {texts.t(f'setting.{name}')}")
