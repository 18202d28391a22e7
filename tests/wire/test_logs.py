"""What the log says at its most talkative, when much goes wrong: no token, no text of a story or a member."""

import re
from pathlib import Path

from tests.wire.driver import Wire, until
from tests.wire.processes import TOKEN, open_bot
from tests.wire.setting import WORDS

ANN, BOB = 101, 102
TYPED = "Zebedee typed this"
STORY = "# One\n\n## Quillon\n\nA story of nobody else.\n\n# Two\n\n## Quillon\n\nMore of it.\n"


def talkative(config: Path) -> None:
    config.write_text(f'{config.read_text(encoding="utf-8")}[log]\nlevel = "DEBUG"\n', encoding="utf-8")


async def test_the_log_has_no_token_and_no_text_of_stories_or_members_at_any_level(wire: Wire, config: Path) -> None:
    talkative(config)
    channel = wire.channel(1)
    async with open_bot(wire, config) as bot:
        await wire.command(channel, ANN, "story start", story="wire")
        await wire.press_label(channel, ANN, "Next")
        await wire.press_label(
            channel, BOB, "Ben"
        )  # he is waited for from then on, so that Ann's votes turn one page only
        for kind in ("500", "429", "cut", "late"):
            await wire.ask("faults", faults=[{"kind": kind, "times": 4, "seconds": 0.1}])
            await wire.press_label(channel, ANN, "Ben")
            await wire.command(channel, ANN, "story info", story=TYPED)
            await wire.command(channel, ANN, "path", patience=1)
        await wire.ask("faults", faults=[])
        upload = {"file": "quillon.md", "text": STORY}
        said = await wire.command(channel, ANN, "library import", manages=True, file=upload)
        await until(lambda: wire.ask("followups", interaction=said.id), "the preview")
        assert bot.alive
        await bot.kill()
    log = config.with_suffix(".log").read_text(encoding="utf-8")
    assert "told Discord" in log
    assert "tttttttt" not in log
    for hidden in (TOKEN, "Zebedee", "Quillon", "nobody else", WORDS[:30], "tells scene"):
        assert hidden not in log
    assert not re.search(r"/(interactions|webhooks)/\d+/(?!\*\*\*)", log)
