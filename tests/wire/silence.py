"""How long servers are silent: whoever asks for something in them is not answered."""

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Silence:
    """The longest silence since it was begun to listen, and when somebody was last answered in each server.

    A silence begins when something is asked that is not answered, and ends with the next answer.
    """

    longest: float = 0.0
    _since: dict[int, float] = field(default_factory=dict)
    _last: dict[int, float] = field(default_factory=dict)

    def listen(self) -> None:
        """Begin."""
        self.longest = 0.0
        self._since.clear()
        self._last.clear()

    def unanswered(self, server: int, asked: float) -> None:
        """Note that something that was asked in a server, at a moment of `time.monotonic`, was not answered."""
        self._since[server] = min(asked, self._since.get(server, asked))

    def answered(self, server: int) -> None:
        """Note that somebody has been answered in a server."""
        self._last[server] = now = time.monotonic()
        self.longest = max(self.longest, now - self._since.pop(server, now))

    def all_since(self, servers: int, moment: float) -> bool:
        """Whether somebody has been answered in each of so many servers since a moment."""
        return sum(last > moment for last in self._last.values()) == servers
