"""What members press under a step, and the counts that decide a ballot."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """Whoever asks for something: their number, their roles' numbers, and whether they may manage messages."""

    id: int
    roles: frozenset[int] = frozenset()
    may_manage: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """What a member's last press under a step says.

    `pov` is the id of the option voted for, if any; `ready` says that they pressed Next. Either says that they have
    read it.
    """

    member: int
    pov: str | None = None
    ready: bool = False

    @property
    def answered(self) -> bool:
        """Whether the member has voted or pressed Next."""
        return self.ready or self.pov is not None


class Presses:
    """The presses under one step, one a member, in the order of their last change. It is immutable.

    One more press costs the same among a thousand as among fifty: nothing loops over them all.
    """

    __slots__ = ("_by_member", "answered", "ready", "votes")

    def __init__(self, presses: Iterable[Press] = ()) -> None:
        self._by_member = {press.member: press for press in presses}
        self.votes = Counter(press.pov for press in self if press.pov is not None)
        """Votes by the option's id, also for options that are gone."""
        self.answered = sum(press.answered for press in self)
        """How many members have voted or pressed Next."""
        self.ready = sum(press.ready for press in self)
        """How many members have pressed Next."""

    def __iter__(self) -> Iterator[Press]:
        """Yield the presses."""
        return iter(self._by_member.values())

    def __len__(self) -> int:
        """Return how many members have pressed anything."""
        return len(self._by_member)

    def __eq__(self, other: object) -> bool:
        """Whether the same members say the same in the same order."""
        return isinstance(other, Presses) and list(self) == list(other)

    def __hash__(self) -> int:
        """Return a number that equal presses share."""
        return hash(tuple(self))

    def of(self, member: int) -> Press:
        """Return what a member says; without a press, one that says nothing."""
        return self._by_member.get(member) or Press(member)

    def has(self, member: int) -> bool:
        """Whether a member has pressed anything."""
        return member in self._by_member

    def with_press(self, press: Press) -> "Presses":
        """Return the presses with a member's new one in place of their last."""
        before = self.of(press.member)
        after = Presses.__new__(Presses)
        after._by_member = self._by_member.copy()
        after._by_member.pop(press.member, None)
        after._by_member[press.member] = press
        after.votes = self.votes.copy()
        if before.pov is not None:
            after.votes[before.pov] -= 1
        if press.pov is not None:
            after.votes[press.pov] += 1
        after.answered = self.answered + press.answered - before.answered
        after.ready = self.ready + press.ready - before.ready
        return after
