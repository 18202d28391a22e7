"""How much may be asked of Discord in a second, by all processes together."""

from collections.abc import Callable

from aiolimiter import AsyncLimiter


class Rate:
    """Lets so many a second pass, of which each process has the same share: `async with` waits until one may."""

    def __init__(self, a_second: float, processes: Callable[[], int]) -> None:
        self._a_second = a_second
        self._processes = processes
        self._sharing = 0
        self._limiter = AsyncLimiter(1, 1)

    async def __aenter__(self) -> None:
        """Wait until one more may pass."""
        await self.acquire()

    async def __aexit__(self, *_: object) -> None:
        """Do nothing: what has passed has passed."""

    async def acquire(self) -> None:
        """Wait until one more may pass."""
        processes = self._processes()
        if processes != self._sharing:
            self._sharing, share = processes, self._a_second / processes
            self._limiter = AsyncLimiter(share, 1) if share >= 1 else AsyncLimiter(1, 1 / share)
        await self._limiter.acquire()
