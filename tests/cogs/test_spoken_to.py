"""Who is spoken to decides: private answers in the member's own language, the channel in the server's."""

from typing import Any

import discord
import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage

from tests.cogs.stage import Speaks, Stage, labels, private, shown
from tests.cogs.test_importing import bring, message


@pytest.fixture
def owner(stage: Stage) -> MemberActor:
    """A member who may manage the server."""
    role = stage.server.create_role("Owners", permissions=discord.Permissions(manage_guild=True))
    return stage.server.add_member(stage.env.create_user("owner"), roles=[role])


async def panel(stage: Stage, member: MemberActor) -> ResponseMessage:
    response = (await member.slash(stage.channel, "settings")).response
    assert response
    return response


async def choose(stage: Stage, owner: MemberActor, name: str, value: str) -> ResponseMessage:
    opened = await panel(stage, owner)
    await owner.select(opened, [name], custom_id="setting:0")
    await owner.select(opened, [value], custom_id=f"change:0:{name}")
    return opened


# ---- in whose language


async def test_a_private_answer_is_in_the_members_own_language(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.ann, "de")
    assert "Hier läuft noch keine Geschichte." in private(await stage.ann.slash(stage.channel, "where"))
    assert "There's no story here yet." in private(await stage.bob.slash(stage.channel, "where"))


async def test_what_a_german_member_causes_in_an_english_server_is_english(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.ann, "de")
    page = (await stage.next()).response
    assert "Whose POV is next?" in shown(page)
    await stage.press(stage.ann, "Ben")
    assert "Whose POV is next?" in shown(page)
    assert labels(page) == ["Anna", "Ben · 1", "Next"]


async def test_a_german_server_is_read_to_in_german_whoever_presses(stage: Stage, owner: MemberActor) -> None:
    assert "## Settings" in shown(await choose(stage, owner, "language", "de"))
    page = (await stage.next()).response
    await stage.press(stage.ann, "Ben")
    assert "Aus wessen Sicht geht es weiter?" in shown(page)
    assert labels(page) == ["Anna", "Ben · 1", "Weiter"]
    assert "scene 1 of 4" in private(await stage.bob.slash(stage.channel, "where"))


async def test_who_speaks_what_the_bot_does_not_is_answered_as_the_server_wants_it(
    stage: Stage, owner: MemberActor, speaks: Speaks
) -> None:
    speaks(stage.ann, "fi")
    assert "There's no story here yet." in private(await stage.ann.slash(stage.channel, "where"))
    await choose(stage, owner, "language", "de")
    assert "Hier läuft noch keine Geschichte." in private(await stage.ann.slash(stage.channel, "where"))


async def test_a_private_ballot_stays_in_the_members_language_when_it_is_pressed(stage: Stage, speaks: Speaks) -> None:
    speaks(stage.ann, "de")
    await stage.next()
    ballot = (await stage.ann.slash(stage.channel, "pov")).response
    assert "Weiter" in labels(ballot)
    assert ballot
    await stage.ann.click(ballot, label="Weiter")
    assert "Szene 1 von 4" in shown(ballot)


async def test_plain_speech_is_the_servers_in_every_language(stage: Stage, owner: MemberActor, speaks: Speaks) -> None:
    await choose(stage, owner, "plain", "true")
    speaks(stage.ann, "de")
    await stage.next()
    assert "·" not in private(await stage.ann.slash(stage.channel, "where"))


# ---- what is typed


async def asked_for_zone(stage: Stage, owner: MemberActor) -> tuple[ResponseMessage, InteractionResult]:
    opened = await panel(stage, owner)
    await owner.select(opened, ["zone"], custom_id="setting:0")
    return opened, await owner.click(opened, label="Enter manually")


async def test_what_is_asked_is_in_the_language_of_who_is_asked(
    stage: Stage, owner: MemberActor, speaks: Speaks
) -> None:
    speaks(owner, "de")
    opened = await panel(stage, owner)
    await owner.select(opened, ["zone"], custom_id="setting:0")
    [typing] = [each for each in labels(opened) if each != "Zurück"]
    modal = (await owner.click(opened, label=typing)).modal
    assert modal
    assert modal["title"] == "Zeitzone"


async def test_a_question_is_answered_after_a_restart(stage: Stage, owner: MemberActor) -> None:
    _, asked = await asked_for_zone(stage, owner)
    await stage.restart()
    answer = await owner.submit_modal(asked, {"answer": "Berlin"})
    assert "Europe/Berlin" in shown(await panel(stage, owner)), private(answer)


async def test_a_question_that_was_dismissed_leaves_nothing_behind(stage: Stage, owner: MemberActor) -> None:
    await asked_for_zone(stage, owner)
    assert not stage.bot._connection._view_store._modals
    assert not stage.bot.persistent_views


async def test_a_question_can_be_answered_again_after_a_mistake(stage: Stage, owner: MemberActor) -> None:
    opened, asked = await asked_for_zone(stage, owner)
    assert "I don't know the time zone “Atlantis”" in private(await owner.submit_modal(asked, {"answer": "Atlantis"}))
    again = await owner.click(opened, label="Enter manually")
    await owner.submit_modal(again, {"answer": "new york"})
    assert "America/New_York" in shown(opened)


async def test_an_answer_that_comes_twice_is_let_in_once(stage: Stage, owner: MemberActor) -> None:
    _, asked = await asked_for_zone(stage, owner)
    came: list[discord.Interaction[Any]] = []
    stage.bot.add_listener(_keep(came), "on_interaction")
    await owner.submit_modal(asked, {"answer": "Berlin"})
    [answer] = came
    assert stage.bot.in_flight.lets_in(answer) is False


async def test_a_pov_is_renamed_after_a_restart_only_while_its_preview_lasts(stage: Stage, owner: MemberActor) -> None:
    preview = message(await bring(stage, owner))
    await owner.click(preview, label="Rename a POV")
    asked = await owner.select(preview, ["benjamin"])
    await stage.restart()
    assert "preview is out of date" in private(await owner.submit_modal(asked, {"answer": "Ben"}))


def _keep(came: list[discord.Interaction[Any]]) -> Any:
    async def keep(interaction: discord.Interaction[Any]) -> None:
        came.append(interaction)

    return keep
