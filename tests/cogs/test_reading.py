import discord

from tests.cogs.stage import TIME_IS_UP, VOTE_SECONDS, Stage, labels, private, shown

ANSWER = "POST /interactions/callback"
EDIT = "PATCH /channels/messages"
POST = "POST /channels/messages"


async def read_to(stage: Stage, *votes: str) -> None:
    """Have Ann begin and read on alone, through these POVs."""
    await stage.next()
    for vote in votes:
        await stage.press(stage.ann, vote)
        if labels(stage.last()) and any(label.endswith(" · 1") for label in labels(stage.last())):
            await stage.press(stage.ann, "Next")


# ---- /next


async def test_next_in_a_new_server_tells_the_first_section_with_the_content_notes_before_it(stage: Stage) -> None:
    text = shown(await stage.next())
    assert text.index("Content notes:** storms") < text.index("Anna tells scene 1.")
    assert "scene 1 of 4" in text


async def test_next_elsewhere_in_the_server_says_where_the_reading_is_and_changes_nothing(stage: Stage) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    assert stage.channel.mention in private(await stage.next(channel=other))
    assert stage.messages(other) == []
    assert len(stage.messages()) == 1


async def test_next_is_a_press_of_next_where_there_is_a_choice(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.bob, "Ben")
    assert "Ben tells scene 2." in shown(await stage.next())


async def test_next_says_in_private_that_it_was_counted_while_others_are_waited_for(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.bob, "Next")
    text = private(await stage.next(stage.bob))
    assert "You're ready" in text
    assert "1 of 2 voted" in text
    assert "1 of 2 voted" in shown(stage.last())


async def test_next_turns_the_page_at_once_where_one_pov_tells_the_next_scene(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo")
    assert "Anna tells scene 4." in shown(await stage.next())


async def test_next_at_the_end_says_so_in_private(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo", "Next")
    assert "That was the end" in private(await stage.next())


async def test_two_members_who_begin_in_the_same_instant_begin_one_reading(stage: Stage) -> None:
    with stage.at_once():
        results = [await stage.next(stage.ann), await stage.next(stage.bob)]
    await stage.env.settle()
    assert len(stage.messages()) == 1
    assert sorted(bool(result.ephemeral) for result in results) == [False, True]


async def test_next_without_permissions_names_the_ones_that_are_missing(stage: Stage) -> None:
    deny = discord.PermissionOverwrite(send_messages=False, read_message_history=False)
    silent = stage.server.create_text_channel("silent", overwrites={stage.server.me: deny})  # type: ignore[dict-item] # simcord takes members as well as roles
    text = private(await stage.next(channel=silent))
    assert "**Send Messages**" in text
    assert "**Read Message History**" in text
    assert "View Channel" not in text


async def test_the_reading_of_a_deleted_channel_does_not_keep_a_server_from_beginning_anew(stage: Stage) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    stage.env.backend.delete_channel(stage.channel.id)
    await stage.env.settle()
    assert "Anna tells scene 1." in shown(await stage.next(channel=other))


async def test_a_channel_that_was_deleted_while_the_bot_was_off_is_noticed(stage: Stage) -> None:
    await stage.next()
    other = stage.server.create_text_channel("other")
    await stage.kill()
    stage.env.backend.delete_channel(stage.channel.id)
    await stage.restart()
    assert "Anna tells scene 1." in shown(await stage.next(channel=other))


async def test_a_thread_that_is_archived_is_not_taken_for_deleted(stage: Stage) -> None:
    stage.env.backend.create_thread(stage.channel.id, "evening", stage.ann.id)
    await stage.env.settle()
    [thread] = stage.channel.threads
    await stage.next(channel=thread)
    stage.bot.guilds[0]._threads.clear()  # as discord.py does when a thread is archived
    assert thread.mention in private(await stage.next())


# ---- the ballot


async def test_a_ballot_has_a_button_for_each_pov_of_the_next_scene_and_next(stage: Stage) -> None:
    assert labels(await stage.next()) == ["Anna", "Ben", "Next"]


async def test_the_voice_that_was_not_heard_for_longest_is_named(stage: Stage) -> None:
    await read_to(stage, "Ben")
    assert "We haven't heard from Cleo in a while." in shown(stage.last())
    assert "Not heard for longest" not in shown(stage.messages()[0])


async def test_everyone_sees_the_tally_move_and_the_clock_run(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.bob, "Ben")
    assert labels(stage.last()) == ["Anna", "Ben · 2", "Next"]
    closes = int(stage.env.now().timestamp()) + VOTE_SECONDS
    assert f"<t:{closes}:R>" in shown(stage.last())


async def test_a_vote_pressed_again_is_taken_back(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.ann, "Ben")
    assert labels(stage.last()) == ["Anna", "Ben", "Next"]


async def test_a_vote_is_answered_with_one_rest_call(stage: Stage) -> None:
    await stage.next()
    requests = stage.requests()
    await stage.press(stage.ann, "Ben")
    assert requests.made() == [ANSWER]


async def test_a_page_turned_by_a_press_costs_its_answer_and_the_disabling_of_the_ballot(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    requests = stage.requests()
    await stage.press(stage.ann, "Next")
    assert requests.made() == [ANSWER, EDIT]


async def test_a_page_turned_by_the_clock_costs_one_message_and_the_disabling_of_the_ballot(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    requests = stage.requests()
    await stage.env.advance_time(TIME_IS_UP)
    assert requests.made() == [POST, EDIT]


async def test_the_last_page_costs_no_more_than_any_other(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo")
    requests = stage.requests()
    await stage.press(stage.ann, "Next")
    assert requests.made() == [ANSWER, EDIT]
    assert "The end of A Tale" in shown(stage.last())


async def test_the_first_page_costs_one_call(stage: Stage) -> None:
    requests = stage.requests()
    await stage.next()
    assert requests.made() == [ANSWER]


async def test_when_the_time_is_up_the_winner_is_told_and_the_ballot_says_how_it_was_decided(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.bob, "Ben")
    await stage.press(stage.cat, "Anna")
    await stage.env.advance_time(TIME_IS_UP)
    before, now = stage.messages()
    assert "Ben tells scene 2." in shown(now)
    assert "Ben wins with 2 of 3 votes." in shown(before)
    assert labels(before) == []
    assert labels(before, disabled=True) == ["Anna · 1", "Ben · 2", "Next"]


async def test_a_tie_goes_to_the_pov_heard_least_and_says_so(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.ann, "Ben")
    await stage.press(stage.bob, "Anna")
    await stage.env.advance_time(TIME_IS_UP)
    assert "Tie! Ben, who's had the fewest turns." in shown(stage.messages()[0])


async def test_a_reader_alone_never_waits_after_the_first_page(stage: Stage) -> None:
    await read_to(stage, "Ben")
    await stage.press(stage.ann, "Cleo")
    assert "Cleo tells scene 3." in shown(stage.last())


async def test_nobody_impatient_can_turn_the_page_on_the_others(stage: Stage) -> None:
    await stage.next()
    await stage.press(stage.bob, "Ben")
    await stage.press(stage.ann, "Next")
    await stage.press(stage.ann, "Next")
    assert "1 of 2 voted" in shown(stage.last())
    await stage.press(stage.bob, "Cleo")
    assert "Cleo tells scene 3." in shown(stage.last())


async def test_a_stale_press_is_told_that_the_page_has_turned(stage: Stage) -> None:
    page = (await stage.next()).response
    assert page
    with stage.at_once():
        await stage.click(stage.ann, page, "Next")
        stale = await stage.click(stage.bob, page, "Ben")
    await stage.env.settle()
    assert "has already turned" in private(stale)


async def test_fifty_members_who_press_next_in_one_instant_turn_one_page(stage: Stage) -> None:
    page = (await stage.next()).response
    assert page
    readers = [stage.join(f"Reader {number}") for number in range(50)]
    with stage.at_once():
        results = [await stage.click(reader, page, "Next") for reader in readers]
    await stage.env.settle()
    assert len(stage.messages()) == 2
    assert all(result.acknowledged for result in results)
    told = [result for result in results if result.response and result.response.ephemeral]
    assert len(told) == 49
    assert all("has already turned" in private(result) for result in told)


async def test_two_channels_read_side_by_side(stage: Stage) -> None:
    other = stage.server.create_text_channel("other")
    await stage.next()
    await stage.mod.slash(other, "story start", story="fork")
    await stage.press(stage.ann, "Ben", stage.channel)
    await stage.press(stage.bob, "Anna", other)
    assert labels(stage.last()) == ["Anna", "Ben · 1", "Next"]
    assert labels(stage.last(other)) == ["Anna · 1", "Ben", "Next"]
    await stage.env.advance_time(TIME_IS_UP)
    assert "Ben tells scene 2." in shown(stage.last())
    assert "Anna tells scene 1." in shown(stage.last(other))


# ---- /pov


async def test_pov_shows_the_ballot_in_private_and_it_can_be_pressed_there(stage: Stage) -> None:
    await stage.next()
    copy = await stage.bob.slash(stage.channel, "pov")
    assert "Whose POV is next?" in private(copy)
    assert copy.response
    await stage.click(stage.bob, copy.response, "Ben")
    assert "Ben · 1" in labels(stage.last())
    assert "Ben · 1" in labels(copy)


async def test_pov_casts_the_vote_and_everyone_sees_it(stage: Stage) -> None:
    await stage.next()
    text = private(await stage.bob.slash(stage.channel, "pov", who="Ben"))
    assert "You voted for Ben." in text
    assert "Ben · 1" in labels(stage.last())


async def test_pov_again_takes_the_vote_back(stage: Stage) -> None:
    await stage.next()
    await stage.bob.slash(stage.channel, "pov", who="ben")
    assert "withdrawn" in private(await stage.bob.slash(stage.channel, "pov", who="ben"))


async def test_pov_of_nobody_in_the_scene_names_the_ones_there_are(stage: Stage) -> None:
    await stage.next()
    text = private(await stage.bob.slash(stage.channel, "pov", who="*Cleo*\n@everyone"))
    assert "Pick one of these: Anna and Ben." in text
    assert labels(stage.last()) == ["Anna", "Ben", "Next"]


async def test_pov_suggests_those_who_tell_the_next_scene(stage: Stage) -> None:
    assert await stage.ann.autocomplete(stage.channel, "pov", "who", "") == []
    await stage.next()
    names = [choice["name"] for choice in await stage.ann.autocomplete(stage.channel, "pov", "who", "")]
    assert names == ["Anna", "Ben"]


async def test_pov_at_the_end_says_so(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo", "Next")
    assert "That was the end" in private(await stage.ann.slash(stage.channel, "pov"))


async def test_pov_where_nothing_is_read_says_what_to_do(stage: Stage) -> None:
    assert "Start one with `/next`" in private(await stage.ann.slash(stage.channel, "pov"))


# ---- looking back


async def test_where_says_the_scene_the_voices_and_what_is_open(stage: Stage) -> None:
    await read_to(stage, "Ben")
    await stage.press(stage.bob, "Cleo")
    text = private(await stage.cat.slash(stage.channel, "where"))
    assert "scene 2 of 4" in text
    assert "**POVs so far:** Anna 1, Ben 1, and Cleo 0" in text
    assert "Open vote: Anna, Ben, and Cleo · 1." in text
    assert f"/{stage.channel.id}/{stage.last().id}" in text


async def test_where_says_who_tells_the_next_scene_where_there_is_no_choice(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo")
    assert "Next up: Anna." in private(await stage.cat.slash(stage.channel, "where"))


async def test_where_at_the_end_says_so(stage: Stage) -> None:
    await read_to(stage, "Ben", "Cleo", "Next")
    assert "is finished" in private(await stage.cat.slash(stage.channel, "where"))


async def test_recap_is_private_and_has_a_sentence_and_a_link_for_each_section_heard(stage: Stage) -> None:
    await read_to(stage, "Ben")
    text = private(await stage.cat.slash(stage.channel, "recap"))
    assert "Anna recaps 1" in text
    assert "Ben recaps 2" in text
    assert f"/{stage.channel.id}/{stage.messages()[0].id}" in text
    assert "recaps 3" not in text


async def test_reread_shows_the_last_scene_and_the_other_eyes_it_can_be_seen_through(stage: Stage) -> None:
    await read_to(stage, "Ben")
    again = await stage.cat.slash(stage.channel, "reread")
    assert "Ben tells scene 2." in private(again)
    assert again.response
    await stage.click(stage.cat, again.response, "Anna")
    assert "Anna tells scene 2." in shown(again)
    await stage.cat.click(again.response, label="Previous scene")
    assert "Anna tells scene 1." in shown(again)
    assert labels(again) == ["Next scene"]


async def test_reread_suggests_only_what_has_been_read(stage: Stage) -> None:
    assert await stage.ann.autocomplete(stage.channel, "reread", "scene", "") == []
    assert await stage.ann.autocomplete(stage.channel, "reread", "pov", "") == []
    await read_to(stage, "Ben")
    scenes = [choice["name"] for choice in await stage.ann.autocomplete(stage.channel, "reread", "scene", "")]
    assert scenes == ["Scene 2", "Scene 1"]
    povs = await stage.ann.autocomplete(stage.channel, "reread", "pov", "", scene="scene-2")
    assert [choice["name"] for choice in povs] == ["Anna", "Ben"]
    assert await stage.ann.autocomplete(stage.channel, "reread", "pov", "", scene="scene-3") == []


async def test_a_scene_ahead_cannot_be_reread(stage: Stage) -> None:
    await stage.next()
    assert "haven't read a scene" in private(await stage.cat.slash(stage.channel, "reread", scene="Scene 2", pov="ben"))
