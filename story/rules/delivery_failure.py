"""Why a page could not be posted, and when that is tried again."""

from datetime import timedelta
from enum import StrEnum

LONGEST = timedelta(minutes=10)
"""How long it takes at the most until a page is tried again that Discord could not be reached for."""


class DeliveryFailure(StrEnum):
    """Why a page could not be posted."""

    FORBIDDEN = "forbidden"
    """The bot may not post in the channel. It waits until somebody there does something."""
    GONE = "gone"
    """The channel is not there any more, as far as Discord says."""
    REFUSED = "refused"
    """Discord did not take it, for another reason that will not pass."""
    UNREACHABLE = "unreachable"
    """Discord could not be reached, or was not well. It is tried again by itself."""


def pause(tries: int) -> timedelta:
    """Return how long to wait after so many tries that Discord could not be reached for."""
    return min(timedelta(seconds=2 ** min(tries, 20)), LONGEST)
