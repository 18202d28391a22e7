"""How long servers are silent: nobody in them is answered."""

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Silence:
    """When somebody was last answered in each server, and the longest silence since it was begun to listen."""

    longest: float = 0.0
    _since: float = 0.0
    _last: dict[int, float] = field(default_factory=dict)

    def listen(self) -> None:
        """Begin."""
        self._since, self.longest = time.monotonic(), 0.0
        self._last.clear()

    def answered(self, server: int) -> None:
        """Note that somebody has been answered in a server."""
        now = time.monotonic()
        self.longest = max(self.longest, now - self._last.get(server, self._since))
        self._last[server] = now

    def all_since(self, servers: int, moment: float) -> bool:
        """Whether somebody has been answered in each of so many servers since a moment of `time.monotonic`."""
        return sum(last > moment for last in self._last.values()) == servers
