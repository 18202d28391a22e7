"""The ballot: the vote on whose POV tells the next scene, and the one rule that closes it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from story.model import Pov, Scene
from story.reading import How, Place
from story.serial import Serial
from story.session import Attendance


@dataclass(frozen=True, slots=True)
class Press:
    """What a member last said under a step.

    `pov` is the one voted for, if any; `ready` says that they pressed Next, `done` that they have read it all.
    """

    member: int
    pov: str | None = None
    ready: bool = False
    done: bool = False

    @property
    def answered(self) -> bool:
        """Whether the member has voted or pressed Next."""
        return self.ready or self.pov is not None


@dataclass(frozen=True, slots=True)
class Decision:
    """The POV that tells the next scene, and how that came about: `votes` of `cast` were for it."""

    pov: Pov
    how: How
    votes: int = 0
    cast: int = 0


@dataclass(frozen=True)
class Ballot:
    """The vote that hangs under the last step of a reading.

    `known` are the members who pressed something under the step before. `closes_at` is set from the first
    press on. Votes for a POV that does not tell the scene (the story was edited meanwhile) do not count.
    In a session `attendance` says who is waited for, there is no clock, and `turns_at` is set once everybody is ready.
    In a serial the next section comes when it is due, whoever has answered.
    """

    scene: Scene
    place: Place
    presses: tuple[Press, ...] = ()
    known: frozenset[int] = frozenset()
    closes_at: datetime | None = None
    attendance: Attendance | None = None
    turns_at: datetime | None = None
    serial: Serial | None = None

    @cached_property
    def tally(self) -> Counter[str]:
        """Votes by POV id."""
        offered = {pov.id for pov in self.scene.povs}
        return Counter(press.pov for press in self.presses if press.pov in offered)

    @property
    def present(self) -> frozenset[int]:
        """Whoever pressed anything under this step or under the one before it."""
        return self.known.union(press.member for press in self.presses)

    @property
    def answered(self) -> int:
        """How many of those present have voted or pressed Next."""
        return sum(press.answered for press in self.presses)

    @property
    def wants_next(self) -> bool:
        """Whether one press must be a Next before the readers can close it: nobody is known here yet."""
        return not self.known and not any(press.ready for press in self.presses)

    @property
    def complete(self) -> bool:
        """Whether there is nobody to wait for: everyone present has answered.

        Where there is nothing to choose, one Next is enough. In a session everyone present has read and answered.
        """
        if self.attendance:
            done = any(self.attendance.session.has(member) for member in self._finished)
            return self.attendance.session.running and done and not self.waited_for
        if self.serial:
            return False
        if len(self.scene.povs) == 1:
            return any(press.ready for press in self.presses)
        return bool(self.presses) and self.answered == len(self.present) and not self.wants_next

    @property
    def _finished(self) -> frozenset[int]:
        """Who has read the section and answered, in a session."""
        choice = len(self.scene.povs) > 1
        return frozenset(
            press.member for press in self.presses if press.ready or (press.done and (press.pov or not choice))
        )

    @property
    def waited_for(self) -> frozenset[int]:
        """Who is there, in a session, and has not yet read and answered."""
        present = self.attendance.present if self.attendance else ()
        return frozenset(present) - self._finished

    @property
    def have_read(self) -> frozenset[int]:
        """Who is there, in a session, and says to have read the section."""
        present = self.attendance.present if self.attendance else ()
        return frozenset(press.member for press in self.presses if press.done or press.ready).intersection(present)

    @property
    def longest_unheard(self) -> Pov | None:
        """The one POV of this scene that was not heard for longer than any other, for two sections at least."""
        told = [step.pov for step in self.place.path]
        since = {pov: told[::-1].index(pov.id) if pov.id in told else len(told) for pov in self.scene.povs}
        longest = [pov for pov, sections in since.items() if sections == max(since.values())]
        return longest[0] if len(longest) == 1 < len(since) and since[longest[0]] > 1 else None

    def decide(self) -> Decision:
        """Return which POV tells the scene if the ballot closes now.

        Most votes win; between equals, the POV heard least so far; between those, the story's own order.
        """
        povs = self.scene.povs
        if len(povs) == 1:
            return Decision(povs[0], How.ONLY)
        votes = self.tally
        most = max(votes[pov.id] for pov in povs)
        leaders = [pov for pov in povs if votes[pov.id] == most]
        least = min(self.place.heard(pov.id) for pov in leaders)
        quietest = [pov for pov in leaders if self.place.heard(pov.id) == least]
        how = How.VOTES if len(leaders) == 1 else How.HEARD_LEAST if len(quietest) == 1 else How.ORDER
        return Decision(quietest[0], how, most, votes.total())


def match(povs: Iterable[Pov], asked: str) -> Pov | None:
    """Return the POV that goes by an id or a name, in whatever case, or None."""
    wanted = asked.strip().casefold()
    return next((pov for pov in povs if wanted in {pov.id.casefold(), pov.name.casefold()}), None)
