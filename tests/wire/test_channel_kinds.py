"""What members are told where a channel takes nothing, by Discord's own codes on the wire."""

from pathlib import Path

import pytest

from tests.wire.driver import Wire, until
from tests.wire.processes import open_bot
from tests.wire.test_holding import ANN, begin, failure, have_it_due

WORDS = {
    ("403", 160005): ("locked", "This thread is locked. Unlock it"),
    ("400", 50083): ("archived", "This thread is archived. Write something in it"),
    ("400", 20016): ("slow", "slowmode"),
    ("429", 20016): ("slow", "slowmode"),
    ("429", 20028): ("slow", "slowmode"),
    ("400", 50024): ("kind", "a channel of this kind"),
    ("403", 50001): ("forbidden", "Please give me"),
}
"""What is kept and said of each status and code."""
HOUR = 3600


@pytest.mark.parametrize("reason", sorted(WORDS))
async def test_a_channel_that_takes_nothing_says_why_and_goes_on_when_it_does(
    wire: Wire, config: Path, reason: tuple[str, int]
) -> None:
    (kind, code), (kept, words) = reason, WORDS[reason]
    async with open_bot(wire, config):
        channel = await begin(wire, 1)
    have_it_due(config)
    route = f"^POST /channels/{channel}/messages"
    await wire.ask("faults", faults=[{"kind": kind, "code": code, "route": route, "seconds": HOUR}])
    async with open_bot(wire, config):

        async def held() -> bool:
            return failure(config, channel) == kept

        await until(held, "the section to be refused")
        assert words in (await wire.command(channel, ANN, "where")).text
        await wire.ask("faults", faults=[])
        assert "Ben tells scene 2." in (await wire.press_label(channel, ANN, "Next")).text
