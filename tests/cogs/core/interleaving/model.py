"""What members can do in the small world, and what comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.cogs.core.interleaving.world import MOST_STORIES, Planned, Sitting, Told, World

OK = "ok"
Outcomes = Iterator[tuple[World, object]]

# ---- drafts and stories


@dataclass(frozen=True)
class Brings:
    member: int
    number: int

    def __call__(self, world: World) -> Outcomes:
        yield world.with_draft(self.member, (self.number, "Anna")), OK


@dataclass(frozen=True)
class Changes:
    """The name of the draft's POV grows by a letter."""

    member: int
    number: int

    def __call__(self, world: World) -> Outcomes:
        draft = world.draft(self.member)
        if draft is None or draft[0] != self.number:
            yield world, "DraftGone"
        else:
            yield world.with_draft(self.member, (self.number, draft[1] + "a")), draft[1] + "a"


@dataclass(frozen=True)
class Takes:
    member: int
    number: int

    def __call__(self, world: World) -> Outcomes:
        draft = world.draft(self.member)
        if draft is None or draft[0] != self.number:
            yield world, "DraftGone"
        else:
            yield world.with_draft(self.member), draft[1]


@dataclass(frozen=True)
class PutsBack:
    member: int
    number: int
    pov: str

    def __call__(self, world: World) -> Outcomes:
        yield world if world.draft(self.member) else world.with_draft(self.member, (self.number, self.pov)), OK


@dataclass(frozen=True)
class Keeps:
    title: str
    pov: str

    def __call__(self, world: World) -> Outcomes:
        if len(world.stories) >= MOST_STORIES:
            yield world, "LibraryFull"
        else:
            yield replace(world, stories=world.stories | {(self.title, self.pov)}), OK


@dataclass(frozen=True)
class Removes:
    title: str

    def __call__(self, world: World) -> Outcomes:
        left = frozenset(each for each in world.stories if each[0] != self.title)
        if left == world.stories:
            yield world, "UnknownStory"
            return
        told = None if world.told and world.told.story == self.title else world.told
        yield replace(world, stories=left, told=told), OK


# ---- readings


@dataclass(frozen=True)
class Starts:
    title: str
    member: int

    def __call__(self, world: World) -> Outcomes:
        if self.title not in {"tale", *(title for title, _ in world.stories)}:
            yield world, "UnknownStory"
            return
        if world.told:
            yield world, "ChannelTaken"
        if world.told is None or world.told.over:  # one that is over makes room once its last page is posted
            number = world.readings + 1
            yield replace(world, told=Told(number, self.title, self.member), readings=number), OK


@dataclass(frozen=True)
class Presses:
    member: int
    reading: int
    n: int

    def __call__(self, world: World) -> Outcomes:
        told = world.told
        if told is None or told.id != self.reading:
            yield world, "ReadingOver"
        elif told.n != self.n:
            yield world, "stale"
        elif told.over:
            yield world, "TheEnd"
        elif (ready := told.ready | {self.member}) >= told.known:
            turned = replace(told, n=told.n + 1, at=told.at + 1, ready=frozenset(), known=ready)
            yield replace(world, told=turned), "turned"
        else:
            yield replace(world, told=replace(told, ready=ready)), "pressed"


@dataclass(frozen=True)
class Restarts:
    member: int
    reading: int
    n: int

    def __call__(self, world: World) -> Outcomes:
        told = world.told
        if told is None or told.id != self.reading:
            yield world, "ReadingOver"
        elif told.n != self.n:
            yield world, "stale"
        elif told.by != self.member and not told.over:
            yield world, "NotYours"
        else:
            again = replace(told, n=told.n + 1, at=1, ready=frozenset(), known=told.ready)
            yield replace(world, told=again), OK


@dataclass(frozen=True)
class Stops:
    member: int
    reading: int
    n: int

    def __call__(self, world: World) -> Outcomes:
        told = world.told
        if told is None or told.id != self.reading:
            yield world, "ReadingOver"
        elif told.by != self.member:
            yield world, "NotYours"
        elif told.n != self.n:
            yield world, "stale"
        else:
            yield replace(world, told=None), OK


# ---- sessions


@dataclass(frozen=True)
class Opens:
    member: int
    now: int

    def __call__(self, world: World) -> Outcomes:
        if world.sitting:
            yield world, OK
        else:
            number = world.sessions + 1
            yield replace(world, sitting=Sitting(number, self.member, ((self.now, self.member),)), sessions=number), OK


@dataclass(frozen=True)
class Joins:
    member: int
    session: int
    now: int

    def __call__(self, world: World) -> Outcomes:
        sitting = world.sitting
        if sitting is None or sitting.id != self.session:
            yield world, "NoSession"
        else:
            yield replace(world, sitting=sitting.with_seat(self.now, self.member)), OK


@dataclass(frozen=True)
class Leaves:
    member: int
    session: int

    def __call__(self, world: World) -> Outcomes:
        sitting = world.sitting
        if sitting is None or sitting.id != self.session:
            yield world, "NoSession"
        elif self.member not in sitting.readers:
            yield world, "NotInSession"
        else:
            yield replace(world, sitting=sitting.without(self.member)), OK


@dataclass(frozen=True)
class Begins:
    member: int
    session: int

    def __call__(self, world: World) -> Outcomes:
        sitting = world.sitting
        if sitting is None or sitting.id != self.session:
            yield world, "NoSession"
        elif self.member not in sitting.hosts:
            yield world, "NotHost"
        elif sitting.begun:
            yield world, "SessionBegun"
        else:
            begun = replace(world, sitting=replace(sitting, begun=True))
            if world.elsewhere is None:
                number = world.readings + 1
                begun = replace(begun, elsewhere=Told(number, "tale", self.member), readings=number)
            yield begun, OK


@dataclass(frozen=True)
class HandsOver:
    member: int
    to: int

    def __call__(self, world: World) -> Outcomes:
        sitting = world.sitting
        if sitting is None:
            yield world, "NoSession"
        elif self.member not in sitting.hosts:
            yield world, "NotHost"
        elif self.to not in sitting.readers:
            yield world, "NotInSession"
        else:
            yield replace(world, sitting=replace(sitting, host=self.to)), OK


@dataclass(frozen=True)
class Ends:
    member: int

    def __call__(self, world: World) -> Outcomes:
        if world.sitting is None:
            yield world, "NoSession"
        elif self.member not in world.sitting.hosts:
            yield world, "NotHost"
        else:
            yield replace(world, sitting=None), OK


# ---- dates


@dataclass(frozen=True)
class Plans:
    member: int
    at: int

    def __call__(self, world: World) -> Outcomes:
        if world.date:
            yield world, "DateExists"
        else:
            yield replace(world, date=Planned(self.member, self.at)), OK


@dataclass(frozen=True)
class Moves:
    member: int
    at: int

    def __call__(self, world: World) -> Outcomes:
        if world.date is None:
            yield world, "NoDate"
        elif world.date.host != self.member:
            yield world, "NotYours"
        else:
            yield replace(world, date=replace(world.date, at=self.at)), OK


@dataclass(frozen=True)
class Cancels:
    member: int

    def __call__(self, world: World) -> Outcomes:
        if world.date is None:
            yield world, "NoDate"
        elif world.date.host != self.member:
            yield world, "NotYours"
        else:
            yield replace(world, date=None), OK


@dataclass(frozen=True)
class Says:
    """A member says that they go to a date, or takes that back."""

    member: int
    at: int
    now: int

    def __call__(self, world: World) -> Outcomes:
        date = world.date
        if date is None:
            yield world, "NoDate"
        elif date.at != self.at:
            yield world, "DateOver"
        else:
            others = tuple(each for each in date.going if each[1] != self.member)
            going = others if len(others) < len(date.going) else tuple(sorted([*others, (self.now, self.member)]))
            yield replace(world, date=replace(date, going=going)), OK


@dataclass(frozen=True)
class Comes:
    """What is due by a minute is carried out: a date comes, if it is. What is not kept is put off, unless `surely`."""

    now: int
    surely: bool

    def __call__(self, world: World) -> Outcomes:
        date, sitting = world.date, world.sitting
        if date is None or date.at > self.now:
            yield world, OK
            return
        if not self.surely:
            yield world, OK
        sessions = world.sessions
        if sitting is None:
            sessions += 1
            sitting = Sitting(sessions, date.host, ())
        if not sitting.begun:
            for minute, member in date.going:
                sitting = sitting if member in sitting.gone else sitting.with_seat(minute, member)
        yield replace(world, date=None, sitting=sitting, sessions=sessions), OK
