"""Discord's rate limits: so many requests a route and channel, and so many a second over all."""

import time

from tests.wire.world import Wrong

WINDOW = 5.0
"""Seconds that a route's requests are counted over."""
GENEROUS = 1000


class Limited(Wrong):
    """Too many requests."""

    def __init__(self, retry_after: float, *, everywhere: bool) -> None:
        super().__init__(429, 0, "You are being rate limited.")
        self.retry_after, self.everywhere = retry_after, everywhere


class Rates:
    """Counts requests. Discord's own numbers are 5 a channel in 5 seconds, and 50 a second; both are off at first.

    What goes to an interaction is outside of the 50.
    """

    def __init__(self) -> None:
        self.set(GENEROUS, GENEROUS)

    def set(self, a_channel: int, a_second: int) -> None:
        """Allow so many in a channel over the window, and so many in a second."""
        self._a_channel, self._a_second = a_channel, a_second
        self._windows: dict[tuple[str, str], tuple[float, int]] = {}

    def take(self, name: str, parts: tuple[str, ...]) -> dict[str, str]:
        """Count a request to a route; return the headers that say how many are left.

        Raises:
            Limited: there are none left.
        """
        if "/interactions/" in name or "/webhooks/" in name:
            return {}
        if self._a_second < GENEROUS:
            self._count(("everywhere", ""), self._a_second, 1.0, everywhere=True)
        key = name, parts[0] if parts else ""
        left, resets = self._count(key, self._a_channel, WINDOW, everywhere=False)
        return {
            "X-RateLimit-Limit": str(self._a_channel),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{time.time() + resets:.3f}",
            "X-RateLimit-Reset-After": f"{resets:.3f}",
            "X-RateLimit-Bucket": name.replace("{}", "x"),
        }

    def _count(self, key: tuple[str, str], most: int, window: float, *, everywhere: bool) -> tuple[int, float]:
        now = time.monotonic()
        since, count = self._windows.get(key, (now, 0))
        if now >= since + window:
            since, count = now, 0
        if count >= most:
            raise Limited(round(since + window - now, 3) + 0.001, everywhere=everywhere)
        self._windows[key] = since, count + 1
        return most - count - 1, since + window - now
