"""Says once that a database takes nothing, and once that it does again, however much is tried meanwhile."""

import logging
from time import monotonic

log = logging.getLogger(__name__)

QUIET = 60.0
"""Seconds after one outage in which another is not said: on a disk that is nearly full the one follows the other."""


class Outage:
    """Whether a database takes nothing for now: its disk is full, may not be written to, or it cannot be reached."""

    def __init__(self) -> None:
        self.lasts = False
        self._said = False
        self._quiet_until = 0.0

    def begin(self, why: object) -> None:
        """Note that something was not kept."""
        self.lasts = True
        if not self._said and monotonic() >= self._quiet_until:
            self._said = True
            log.error("the database took nothing, and whoever asks is told so until it does: %s", why)

    def end(self) -> None:
        """Note that something was written and kept."""
        self.lasts = False
        if self._said:
            self._said = False
            self._quiet_until = monotonic() + QUIET
            log.warning("the database takes changes again")
