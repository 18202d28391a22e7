"""A reading in a channel, and a few words to read on in it."""

from story.rules.ballot import Member
from story.rules.page import Pressed, Turn
from story.services.library import Shelf
from story.services.readings import Narrator

GUILD, CHANNEL, OTHER_CHANNEL = 1, 10, 11
ANN, BOB, CAT = 101, 102, 103


async def told(narrator: Narrator, turn: Turn | Pressed | None) -> Turn:
    """Mark a turn as posted, as message 1000 and its step's number."""
    assert isinstance(turn, Turn)
    await narrator.mark(turn.page, 1000 + turn.page.step.n)
    return turn


async def begun(narrator: Narrator, asked: str = "tale", channel: int = CHANNEL) -> Turn:
    return await told(narrator, await narrator.start(GUILD, channel, ANN, asked))


async def press(narrator: Narrator, turn: Turn, member: int, pov: str | None = None) -> Turn | Pressed:
    return await narrator.press(GUILD, turn.page.reading.id, turn.page.step.n, Member(member), pov)


async def read_on(narrator: Narrator, turn: Turn, *votes: str) -> Turn:
    """Have Ann vote for these POVs, one scene after another."""
    for vote in votes:
        turned = await press(narrator, turn, ANN, vote)
        turn = await told(narrator, turned if isinstance(turned, Turn) else await press(narrator, turn, ANN))
    return turn


async def ended(narrator: Narrator) -> Turn:
    """Have the fork read to its end."""
    turn = await read_on(narrator, await begun(narrator, "fork"), "anna")
    return await told(narrator, await press(narrator, turn, ANN))


def with_stories(narrator: Narrator, *stories: object) -> Narrator:
    """The same narrator after the shelf was edited."""
    narrator._pages.shelf = Shelf(stories)  # type: ignore[arg-type]
    return narrator
