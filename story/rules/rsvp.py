"""Who is coming: what members say to a date."""

from dataclasses import dataclass
from enum import StrEnum


class Coming(StrEnum):
    """What a member can say to a date, in the order shown."""

    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"


@dataclass(frozen=True, slots=True)
class Rsvp:
    """What a member says to a date, if anything; with `remind` they want a reminder in private."""

    member: int
    says: Coming | None = None
    remind: bool = False

    @property
    def may_come(self) -> bool:
        """Whether they may come, so that a reminder makes sense."""
        return self.says in {Coming.GOING, Coming.MAYBE}
