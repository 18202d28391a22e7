"""Who may not use a command does not see it: that is Discord's verdict, which the bot takes."""

import discord
import pytest
from simcord import MemberActor, ResponseMessage, RoleHandle, SetupError

from tests.cogs.stage import Stage, private, shown
from tests.cogs.test_importing import MANUSCRIPT, bring, kept, message

FOR_OWNERS = {"library import", "library remove", "settings", "status"}


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who may manage the server."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


@pytest.fixture
def librarians(stage: Stage) -> RoleHandle:
    """A role that may nothing, but that the owner has allowed under Integrations."""
    role = stage.server.create_role("Librarians")
    for command in stage.env.backend.visible_commands(user_id=stage.server.owner.id, channel_id=stage.channel.id):
        if command["name"] in {"library", "settings", "Import as story"}:
            stage.server.set_command_permissions(int(command["id"]), {role: True})
    return role


@pytest.fixture
def librarian(stage: Stage, librarians: RoleHandle) -> MemberActor:
    return stage.server.add_member(stage.env.create_user("librarian"), roles=[librarians])


async def settings(stage: Stage, member: MemberActor) -> ResponseMessage:
    opened = (await member.slash(stage.channel, "settings")).response
    assert opened
    return opened


async def test_who_may_not_manage_the_server_does_not_see_what_takes_that(stage: Stage, owner: MemberActor) -> None:
    seen = {*stage.ann.available_commands(stage.channel)}
    assert {*owner.available_commands(stage.channel)} - seen == FOR_OWNERS


async def test_the_rest_of_story_is_everybodys(stage: Stage) -> None:
    seen = {name for name in stage.ann.available_commands(stage.channel) if name.startswith("story ")}
    assert seen == {f"story {name}" for name in ("list", "info", "start", "continue", "move", "stop", "export")}


async def test_the_menu_is_for_those_who_may_manage_the_server(stage: Stage) -> None:
    with_file = await stage.ann.send(stage.channel, attachments=[("rain.txt", MANUSCRIPT.encode())])
    with pytest.raises(SetupError, match="default"):
        await stage.mod.context_menu(stage.channel, "Import as story", with_file)


async def test_in_direct_messages_everyone_may_import(stage: Stage) -> None:
    assert {*stage.ann.user.available_commands()} >= {"library import", "library remove", "settings"}


async def test_a_role_that_an_owner_has_allowed_brings_a_story_in(stage: Stage, librarian: MemberActor) -> None:
    preview = message(await bring(stage, librarian))
    await librarian.click(preview, label="Keep it")
    assert "is in your library" in shown(preview)


async def test_a_role_that_an_owner_has_allowed_removes_a_story(stage: Stage, librarian: MemberActor) -> None:
    own = await kept(stage, librarian)
    asked = (await librarian.slash(stage.channel, "library remove", story=own)).response
    assert asked
    await librarian.click(asked, label="Remove story")
    assert stage.queries.library.own(stage.server.id) == []


async def test_a_role_that_an_owner_has_allowed_changes_settings(stage: Stage, librarian: MemberActor) -> None:
    panel = await settings(stage, librarian)
    await librarian.select(panel, ["decide"], custom_id="setting:0")
    await librarian.select(panel, ["first"], custom_id="change:0:decide")
    assert "**Who decides:** First vote" in shown(panel)


async def test_a_panel_that_stands_where_everybody_sees_it_changes_nothing(stage: Stage, owner: MemberActor) -> None:
    page = (await stage.next()).response
    assert page
    stored = stage.env.backend.messages[stage.channel.id][page.id]
    row = next(part for part in stored.components[-1]["components"] if part.get("components"))
    for forged in ("forgets", "resets:0", "settings:0", "remove:tale", "draft:1:keep"):
        row["components"][0]["custom_id"] = forged
        assert "out of date" in private(await stage.ann.click(page, custom_id=forged))
    assert "scene 1 of 4" in private(await stage.ann.slash(stage.channel, "where"))
