"""Who comes: what members say of a date."""

from dataclasses import dataclass
from enum import StrEnum


class Coming(StrEnum):
    """What a member can say of a date, in the order that it is shown in."""

    GOING = "going"
    MAYBE = "maybe"
    CANT = "cant"


@dataclass(frozen=True, slots=True)
class Rsvp:
    """What a member says of a date, if anything; with `remind` they want to be reminded in private."""

    member: int
    says: Coming | None = None
    remind: bool = False

    @property
    def may_come(self) -> bool:
        """Whether there is any use in reminding them."""
        return self.says in {Coming.GOING, Coming.MAYBE}
