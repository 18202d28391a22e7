"""A small world in which one thing happens after another: what there is in it."""

from dataclasses import dataclass, replace

LENGTH = {"tale": 5}
"""How many sections the story has that every server sees; what is brought in has one."""
MOST_STORIES = 2


@dataclass(frozen=True)
class Told:
    """What is read in a channel: step `n` of a reading, as its section `at`; `known` pressed under the one before."""

    id: int
    story: str
    by: int
    n: int = 1
    at: int = 1
    ready: frozenset[int] = frozenset()
    known: frozenset[int] = frozenset()

    @property
    def over(self) -> bool:
        """Whether its last section is told."""
        return self.at == LENGTH.get(self.story, 1)


@dataclass(frozen=True)
class Sitting:
    """A session; `seats` are who is in and since which minute, in their order, and `gone` who has left."""

    id: int
    host: int
    seats: tuple[tuple[int, int], ...]
    gone: frozenset[int] = frozenset()
    begun: bool = False

    @property
    def readers(self) -> tuple[int, ...]:
        return tuple(member for _, member in self.seats)

    @property
    def hosts(self) -> set[int]:
        """Who may do what is for the host: where the host is gone, who joined first, too."""
        return {self.host, *(self.readers[:1] if self.host not in self.readers else ())}

    def with_seat(self, minute: int, member: int) -> "Sitting":
        if member in self.readers:
            return self
        return replace(self, seats=tuple(sorted([*self.seats, (minute, member)])), gone=self.gone - {member})

    def without(self, member: int) -> "Sitting":
        left = tuple(seat for seat in self.seats if seat[1] != member)
        host = left[0][1] if left and member == self.host else self.host
        return replace(self, host=host, seats=left, gone=self.gone | {member})


@dataclass(frozen=True)
class Planned:
    """A date: at which minute it is, and who goes, with when they said so."""

    host: int
    at: int
    going: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class World:
    """All there is. Drafts are those of members: which one, and what its POV is called by now; stories, theirs."""

    drafts: tuple[tuple[int, int, str], ...] = ()
    stories: frozenset[tuple[str, str]] = frozenset()
    told: Told | None = None
    elsewhere: Told | None = None
    readings: int = 0
    sitting: Sitting | None = None
    sessions: int = 0
    date: Planned | None = None

    def visible(self) -> "Visible":
        """What can be seen of it."""
        sitting, date = self.sitting, self.date
        return Visible(
            self.drafts,
            self.stories,
            self.told,
            self.elsewhere,
            (sitting.id, sitting.host, sitting.readers, sitting.begun) if sitting else None,
            (date.host, date.at, tuple(member for _, member in date.going)) if date else None,
        )

    def draft(self, member: int) -> tuple[int, str] | None:
        return next(((number, pov) for who, number, pov in self.drafts if who == member), None)

    def with_draft(self, member: int, *draft: tuple[int, str]) -> "World":
        others = [each for each in self.drafts if each[0] != member]
        return replace(self, drafts=tuple(sorted([*others, *((member, *each) for each in draft)])))


@dataclass(frozen=True)
class Visible:
    """What can be seen of the world; of a session its number, host, readers and whether it has begun."""

    drafts: tuple[tuple[int, int, str], ...]
    stories: frozenset[tuple[str, str]]
    told: Told | None
    elsewhere: Told | None
    session: tuple[int, int, tuple[int, ...], bool] | None
    date: tuple[int, int, tuple[int, ...]] | None
