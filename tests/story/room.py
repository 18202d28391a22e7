"""A reading in a channel, and a few words to read on in it."""

from story.model import Story
from story.rules.ballot import Ballot
from story.rules.delivery import Delivery, DeliveryKind
from story.rules.page import Page, Turn
from story.rules.presses import Member
from story.rules.session import Session
from story.services.container import Services
from story.services.votes import Counted
from tests.builders import Clock

GUILD, CHANNEL, OTHER_CHANNEL = 1, 10, 11
ANN, BOB, CAT = 101, 102, 103


# ---- what Discord is to show


async def waiting(services: Services, *kinds: DeliveryKind) -> list[Delivery]:
    """What is to be shown, of these kinds only where any are named."""
    return [each for each in await services.deliveries.pending() if not kinds or each.kind in kinds]


async def shown(services: Services) -> list[DeliveryKind]:
    """Carry out whatever is to be shown; return what that was, in order."""
    pending = await services.deliveries.pending()
    await carried_out(services, *pending)
    return [each.kind for each in pending]


async def carried_out(services: Services, *deliveries: Delivery) -> None:
    """Note that these need no more attention, and wait until that is written."""
    for each in deliveries:
        await services.deliveries.done(each)
    await services.store.settle()


async def posted(services: Services, turn: Counted | None) -> Turn:
    """Have a turn's section posted, as message 1000 and its step's number."""
    assert isinstance(turn, Turn)
    await post(services, turn.page)
    return turn


async def post(services: Services, page: Page) -> None:
    """Have the section of a page posted."""
    reading, n = page.reading.id, page.step.n
    [section] = [
        each for each in await waiting(services, DeliveryKind.SECTION) if (each.subject, each.n) == (reading, n)
    ]
    await services.deliveries.posted_section(section, page, 1000 + n)
    await carried_out(services, section)


# ---- reading


async def begun(services: Services, asked: str = "tale", channel: int = CHANNEL) -> Turn:
    return await posted(services, await services.readings.start(GUILD, channel, ANN, asked))


async def press(services: Services, turn: Turn, member: int, pov: str | None = None) -> Counted:
    return await services.votes.press(GUILD, turn.page.reading.id, turn.page.step.n, Member(member), pov)


async def read_on(services: Services, turn: Turn, *votes: str) -> Turn:
    """Have Ann vote for these POVs, one scene after another."""
    for vote in votes:
        turned = await press(services, turn, ANN, vote)
        turn = await posted(services, turned if isinstance(turned, Turn) else await press(services, turn, ANN))
    return turn


async def ended(services: Services) -> Turn:
    """Have the fork read to its end."""
    turn = await read_on(services, await begun(services, "fork"), "anna")
    return await posted(services, await press(services, turn, ANN))


async def page_now(services: Services, channel: int = CHANNEL) -> Page:
    return await services.queries.where(GUILD, channel)


def ballot_of(page: Page) -> Ballot:
    assert page.ballot
    return page.ballot


async def ballot_now(services: Services, channel: int = CHANNEL) -> Ballot:
    return ballot_of(await page_now(services, channel))


def edit(services: Services, *stories: Story) -> None:
    """Put other stories into the library, as edits in the folders do."""
    services.queries.library._stories = {each.id: each for each in stories}


# ---- sessions


async def held(services: Services, channel: int = CHANNEL) -> Session:
    return (await services.sessions.held(GUILD, channel)).session


async def seated(services: Services, *members: int) -> Turn:
    """Have members sit down in a session, the first as its host, and begin; its page is posted."""
    await services.sessions.open(GUILD, CHANNEL, members[0])
    session = await held(services)
    for member in members[1:]:
        after(services, 1)
        await services.sessions.join(GUILD, session.id, member)
    await services.sessions.begin(GUILD, session.id, Member(members[0]))
    page = await page_now(services)
    await post(services, page)
    return Turn(await page_now(services), None)


# ---- time


def after(services: Services, seconds: float) -> None:
    """Let time pass, in which nothing is looked at."""
    assert isinstance(services.clock, Clock)
    services.clock.move(seconds)


async def comes_due(services: Services, seconds: float = 0) -> None:
    """Let time pass, and carry out what is due then."""
    after(services, seconds)
    await services.schedule.carry_out_due()
