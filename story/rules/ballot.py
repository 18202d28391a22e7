"""The ballot: the vote on how the story goes on, and the one rule that closes it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from story.model import Pov
from story.rules.options import Option
from story.rules.presses import Member, Press, Presses
from story.rules.serial import Serial
from story.rules.session import Attendance, Reader
from story.rules.settings import DEFAULTS, Decide, Settings, Turner
from story.rules.steps import How, Place
from story.rules.timer import Deadline, Due

RESTARTS = 2
"""How often the clock starts again while too few have answered; then the leader wins."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The option that the story goes on with, and why: it had `votes` of `cast`."""

    option: Option
    how: How
    votes: int = 0
    cast: int = 0


@dataclass(frozen=True)
class Ballot:
    """The vote that hangs under the last step of a reading.

    `known` are the members who pressed something under the step before. `yet_to_press` is how many of them have pressed
    nothing under this one, None until that is counted. The first press starts the clock and sets `closes_at`;
    `restarts` counts how often the clock started again. It never runs out before `readable_at`, when there has been
    time to read the section. In a session there is no clock: `attendance` says who is waited for, and `turns_at` is set
    once everybody is ready. In a serial the next section comes when it is due, whoever has answered. `host` is who
    began the reading, 0 once they are forgotten. Votes for what is no longer an option, since the story was edited, do
    not count.
    """

    options: tuple[Option, ...]
    place: Place
    presses: Presses = Presses()  # noqa: RUF009 - it never changes
    known: frozenset[int] = frozenset()
    closes_at: datetime | None = None
    attendance: Attendance | None = None
    turns_at: datetime | None = None
    serial: Serial | None = None
    settings: Settings = DEFAULTS
    host: int = 0
    restarts: int = 0
    yet_to_press: int | None = None
    readable_at: datetime | None = None

    @cached_property
    def tally(self) -> Counter[str]:
        """The votes that count, by the ids of the options."""
        chosen = self.presses.of(self.chooser).pov if self.chooser is not None else None
        votes = self.presses.votes if self.chooser is None else {chosen: 1}
        return Counter({option.id: votes[option.id] for option in self.options if votes.get(option.id)})

    @property
    def _first_voter(self) -> int | None:
        """Who voted first for one of the options."""
        offered = {option.id for option in self.options}
        return next((press.member for press in self.presses if press.pov in offered), None)

    @property
    def is_choice(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.options) > 1

    @property
    def is_branch(self) -> bool:
        """Whether the choice is between ways on, and not just between the POVs of the next scene."""
        return self.is_choice and any(option.is_way for option in self.options)

    def find(self, asked: str) -> Option | None:
        """Return the option that was asked for: by its id first, as buttons have ids.

        Then by its id or label, whatever the case, then by its POV's name, if only one option has that POV.
        """
        wanted = asked.strip().casefold()
        by_id = [option for option in self.options if option.id == asked]
        by_label = [option for option in self.options if wanted in {option.id.casefold(), option.label.casefold()}]
        by_pov = [option for option in self.options if wanted == option.pov.name.casefold()]
        return next(iter(by_id or by_label or (by_pov if len(by_pov) == 1 else [])), None)

    @property
    def hides_votes(self) -> bool:
        """Whether votes stay hidden until it closes."""
        return self.settings.hidden and self.decided_by is Decide.VOTE

    def with_press(self, press: Press, now: datetime, lacks: int | None = None) -> "Ballot":
        """Return the ballot after a member's press; in a session that makes them a reader who is present.

        `lacks` is the role they would need to vote and do not have.
        """
        attendance = self.attendance.after(press.member, now, lacks) if self.attendance else None
        waiting = self._yet_to_press - (press.member in self.known and not self.presses.has(press.member))
        return replace(self, presses=self.presses.with_press(press), yet_to_press=waiting, attendance=attendance)

    def with_deadline(self, deadline: Deadline | None) -> "Ballot":
        """Return the ballot with what comes due under it."""
        kind, at = (deadline.kind, deadline.at) if deadline else (None, None)
        return replace(
            self,
            closes_at=at if kind in {Due.CLOCK, Due.SERIAL} else None,
            turns_at=at if kind is Due.GRACE else None,
            restarts=deadline.restarts if deadline else 0,
        )

    # ---- who votes

    def lacks(self, member: Member) -> int | None:
        """Return the role that voting takes, if a member does not have it."""
        voters = self.settings.voters
        return None if voters is None or voters in member.roles else voters

    def may_vote(self, member: Member) -> bool:
        """Whether a member's press counts; moderators and whoever decides may always vote."""
        if self.lacks(member) is None or member.may_manage:
            return True
        return self.decided_by is Decide.HOST and member.id == self.led_by

    def reads_along(self, reader: Reader) -> bool:
        """Whether a reader of the session only reads along: they may not vote, so nobody waits for them."""
        return self.settings.voters is not None and reader.lacks == self.settings.voters

    # ---- who decides

    @property
    def decided_by(self) -> Decide:
        """Who decides here; turns are taken in sessions only."""
        turns = self.settings.decide is Decide.TURNS
        return Decide.VOTE if turns and self.attendance is None else self.settings.decide

    @cached_property
    def chooser(self) -> int | None:
        """The one member who chooses, or None while everybody does or nobody does yet."""
        match self.decided_by:
            case Decide.FIRST:
                return self._first_voter
            case Decide.HOST:
                return self.led_by or None
            case Decide.TURNS if self.attendance:
                return self._next_in_turn(self.attendance)
            case _:
                return None

    @property
    def led_by(self) -> int:
        """The host of the session, or else of the reading; a host who has answered does not count as away."""
        if self.attendance is None:
            return self.host
        here, host = self._here(self.attendance), self.attendance.session.host
        return here[0] if here and host not in here else host

    def _next_in_turn(self, attendance: Attendance) -> int | None:
        """Return who here chose longest ago; those who never chose come first, by when they joined."""
        had = {step.chooser: step.n for step in self.place.path if step.n > attendance.session.began_with}
        along = {reader.member for reader in attendance.session.readers if self.reads_along(reader)}
        here = [member for member in self._here(attendance) if member not in along]
        return min(here, key=lambda member: had.get(member, 0), default=None)

    def _here(self, attendance: Attendance) -> tuple[int, ...]:
        """Return who is present or has answered, by when they joined the session."""
        readers = (reader.member for reader in attendance.session.readers)
        present = attendance.present
        return tuple(member for member in readers if member in present or self.presses.of(member).answered)

    # ---- who turns the page

    @property
    def led(self) -> bool:
        """Whether only the Next of certain members turns the page."""
        return self.settings.turner in {Turner.HOST, Turner.ROLE}

    @property
    def waits_for_session(self) -> bool:
        """Whether the page turns only in a session, and none is on."""
        return self.settings.turner is Turner.READERS and self.attendance is None

    @property
    def clocked(self) -> bool:
        """Whether the first press starts a clock."""
        return not (self.attendance or self.serial or self.led or self.waits_for_session)

    def may_turn(self, member: Member) -> bool:
        """Whether a member may turn the page."""
        match self.settings.turner:
            case Turner.READERS:
                return self.attendance is not None and self.attendance.session.has(member.id)
            case Turner.ROLE:
                return member.may_manage or self.settings.role in member.roles
            case Turner.HOST:
                return member.may_manage or member.id == self.led_by
            case _:
                return True

    # ---- who has answered

    @property
    def present(self) -> int:
        """How many members pressed anything under this step or under the one before it."""
        return len(self.presses) + self._yet_to_press

    @property
    def answered(self) -> int:
        """How many of those present have voted or pressed Next."""
        return self.presses.answered

    @property
    def wants_next(self) -> bool:
        """Whether somebody must press Next before it can close early, as nobody is known here yet."""
        return not (self.known or self.presses.ready)

    @property
    def _yet_to_press(self) -> int:
        """How many who pressed something under the step before have pressed nothing yet under this one."""
        if self.yet_to_press is not None:
            return self.yet_to_press
        return sum(not self.presses.has(member) for member in self.known)

    @property
    def complete(self) -> bool:
        """Whether nobody is waited for any longer: everyone present has answered, or whoever chooses has."""
        if self.led or self.waits_for_session:
            return False
        if self.attendance:
            answered = any(self.presses.of(reader.member).answered for reader in self.attendance.session.readers)
            return self.attendance.session.running and answered and not self.waited_for
        if self.serial:
            return False
        chosen = self.is_choice and self.decided_by in {Decide.FIRST, Decide.HOST}
        return self._chosen if chosen else self._all_answered

    @property
    def _chosen(self) -> bool:
        """Whether whoever chooses has answered; where that is nobody in particular, whether anybody has."""
        chooser = self.chooser if self.decided_by is Decide.HOST else None
        return self.presses.answered > 0 if chooser is None else self.presses.of(chooser).answered

    @property
    def _all_answered(self) -> bool:
        """Whether everyone present has answered, and they are enough to close it early."""
        all_have = self.presses.answered > 0 and self.answered == self.present and not self.wants_next
        return all_have and self.settings.early and self.answered >= self.settings.quorum

    @property
    def lacks_quorum(self) -> bool:
        """Whether too few have answered, so that the clock starts again when it runs out."""
        few = self.decided_by is Decide.VOTE and self.answered < self.settings.quorum
        return few and self.restarts < RESTARTS

    @property
    def waited_for(self) -> tuple[int, ...]:
        """Who is present in the session, may vote and has not answered, by when they joined."""
        if self.attendance is None:
            return ()
        along = {reader.member for reader in self.attendance.session.readers if self.reads_along(reader)}
        present = (member for member in self.attendance.present if member not in along)
        return tuple(member for member in present if not self.presses.of(member).answered)

    @property
    def longest_unheard(self) -> Pov | None:
        """The option's POV that was heard longest ago, if that is one POV alone and at least two sections back."""
        told = [step.pov for step in self.place.path]
        povs = [option.pov for option in self.options]
        since = {pov: told[::-1].index(pov.id) if pov.id in told else len(told) for pov in povs}
        longest = [pov for pov, sections in since.items() if sections == max(since.values())]
        return longest[0] if len(longest) == 1 < len(since) and since[longest[0]] > 1 else None

    def decide(self) -> Decision:
        """Return how the story goes on if the ballot closes now.

        Most votes win; between equals, what skips the fewest scenes; between those, the POV heard least so far; between
        those, the story's own order.
        """
        if not self.is_choice:
            return Decision(self.options[0], How.ONLY)
        votes = self.tally
        most = max(votes[option.id] for option in self.options)
        leaders = [option for option in self.options if votes[option.id] == most]
        fewest = min(option.skipped for option in leaders)
        nearest = [option for option in leaders if option.skipped == fewest]
        least = min(self.place.heard(option.pov.id) for option in nearest)
        least_heard = [option for option in nearest if self.place.heard(option.pov.id) == least]
        alone = len(least_heard) == 1 < len(nearest)
        how = How.VOTES if len(leaders) == 1 else How.HEARD_LEAST if alone else How.ORDER
        return Decision(least_heard[0], how, most, votes.total())


def match(povs: Iterable[Pov], asked: str) -> Pov | None:
    """Return the POV that goes by an id or a name, in whatever case, or None."""
    wanted = asked.strip().casefold()
    return next((pov for pov in povs if wanted in {pov.id.casefold(), pov.name.casefold()}), None)
