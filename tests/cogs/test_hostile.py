"""What members and stories might do on purpose: it is answered or refused, and changes nothing elsewhere."""

import logging

import pytest

from story.model import Pov, Scene, Section, Story
from story.rules.measure import visible
from tests.builders import story
from tests.cogs.stage import Stage, buttons, labels, private, shown

NASTY = "@everyone <@&1> `/x`\n# big\u202e\u0000 ||spoiler|| [x](http://x.test)"
PINGS = story("A", "AB", story_id="pings", title="@everyone", text="@everyone @here <@1> <@&2> \u200b\u202eabc")

NAMES = ("Next", "Ready", "next", "\u202eevil", "[bank](http://x.test)", "||dead||", "\u200b\u200b")
ODD_POVS = tuple(Pov(f"pov-{number}", name, 0x336699) for number, name in enumerate(NAMES))
ODD = Story(
    "odd",
    "Odd @everyone",
    ("An Author",),
    ODD_POVS,
    (
        Scene("one", "[One](http://x.test)", tuple(Section(pov, "\u200b") for pov in ODD_POVS)),
        Scene("two", "||Two||", tuple(Section(pov, f"Told by {pov.id}.") for pov in ODD_POVS)),
    ),
)


@pytest.fixture
def stories() -> list[Story]:
    return [story("A", "AB", "ABC", "A"), PINGS, ODD]


async def test_a_story_full_of_mentions_pings_nobody(stage: Stage) -> None:
    await stage.ann.slash(stage.channel, "story start", story="pings")
    requests = [entry for entry in stage.env.http_requests if "callback" in entry.path]
    assert "@everyone @here" in shown(stage.last())
    assert requests
    mentions = stage.bot.allowed_mentions
    assert mentions
    assert (mentions.everyone, mentions.users, mentions.roles) == (False, False, False)


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("pov", {"who": NASTY}),
        ("story start", {"story": NASTY}),
        ("story info", {"story": "x" * 6000}),
        ("reread", {"scene": NASTY, "pov": NASTY}),
        ("session schedule", {"when": NASTY}),
        ("serial", {"every": "daily", "at": NASTY, "zone": NASTY}),
    ],
)
async def test_whatever_a_member_types_is_refused_in_one_plain_line_and_never_logged(
    stage: Stage, caplog: pytest.LogCaptureFixture, command: str, options: dict[str, str]
) -> None:
    await stage.next()
    with caplog.at_level(logging.INFO):
        text = private(await stage.ann.slash(stage.channel, command, **options))
    assert "\n" not in text
    assert not {"\u202e", "\u0000"} & set(text)
    assert len(text) < 400
    assert "everyone" not in caplog.text
    assert "xxxx" not in caplog.text
    assert labels(stage.last()) == ["Anna", "Ben", "Next"]


@pytest.mark.simcord(settle_timeout=60)
async def test_a_thousand_commands_of_one_member_are_all_answered_and_others_are_not_kept_waiting(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.next()
    with caplog.at_level(logging.WARNING):
        with stage.at_once():
            results = [await stage.ann.slash(stage.channel, "where") for _ in range(1000)]
            vote = await stage.press(stage.bob, "Ben")
        await stage.env.settle(timeout=60)
    assert all(result.acknowledged for result in results)
    assert vote.acknowledged
    assert "Ben · 1" in labels(stage.last())
    assert caplog.text == ""


async def test_names_that_deceive_are_shown_harmlessly_and_work_all_the_same(stage: Stage) -> None:
    started = await stage.ann.slash(stage.channel, "story start", story="odd")
    assert "\u202e" not in shown(started)
    found = [each["label"] for each in buttons(started)]
    assert len(found) == len(NAMES) + 1
    assert all(visible(label) == label for label in found)
    for pov in ("pov-0", "pov-5"):
        page = stage.last()
        [vote] = [each["custom_id"] for each in buttons(page) if each["custom_id"].endswith(pov)]
        await stage.ann.click(page, custom_id=vote)
        onward = [each["custom_id"] for each in buttons(page) if each["custom_id"].startswith("next:")]
        if page.id == stage.last().id:  # the second vote of the only one who reads turns the page
            await stage.ann.click(page, custom_id=onward[0])
    text = shown(stage.last())
    assert "Told by pov-5." in text
    assert "||Two||" not in text
    assert "||dead||" not in text.partition("[")[0]
