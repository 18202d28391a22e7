"""A reading in a channel, and a few words to read on in it."""

from story.rules.page import Pressed, Turn
from story.rules.presses import Member
from story.services.library import Library
from story.services.readings import Readings

GUILD, CHANNEL, OTHER_CHANNEL = 1, 10, 11
ANN, BOB, CAT = 101, 102, 103


async def told(readings: Readings, turn: Turn | Pressed | None) -> Turn:
    """Mark a turn as posted, as message 1000 and its step's number."""
    assert isinstance(turn, Turn)
    await readings.mark(turn.page, 1000 + turn.page.step.n)
    return turn


async def begun(readings: Readings, asked: str = "tale", channel: int = CHANNEL) -> Turn:
    return await told(readings, await readings.start(GUILD, channel, ANN, asked))


async def press(readings: Readings, turn: Turn, member: int, pov: str | None = None) -> Turn | Pressed:
    return await readings.press(GUILD, turn.page.reading.id, turn.page.step.n, Member(member), pov)


async def read_on(readings: Readings, turn: Turn, *votes: str) -> Turn:
    """Have Ann vote for these POVs, one scene after another."""
    for vote in votes:
        turned = await press(readings, turn, ANN, vote)
        turn = await told(readings, turned if isinstance(turned, Turn) else await press(readings, turn, ANN))
    return turn


async def ended(readings: Readings) -> Turn:
    """Have the fork read to its end."""
    turn = await read_on(readings, await begun(readings, "fork"), "anna")
    return await told(readings, await press(readings, turn, ANN))


def with_stories(readings: Readings, *stories: object) -> Readings:
    """The same narrator after the shelf was edited."""
    readings._queries.library = Library(stories)  # type: ignore[arg-type]
    return readings
