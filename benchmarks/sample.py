"""What rounds of requests to a bot took."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from benchmarks.rows import percentile
from benchmarks.sides import Side
from tests.wire.driver import Outcome
from tests.wire.processes import TICKS

IN_TIME = 3.0
"""Seconds that Discord waits for an answer."""


@dataclass(slots=True)
class Sample:
    """What rounds of requests to one bot took; `good` says of an answer whether it is the one that was asked for."""

    good: Callable[[Outcome], bool]
    cpu: list[float] = field(default_factory=list)
    """Milliseconds of the processor a request, in each round, of the hundredths of a second that the system counts."""
    seconds: list[list[float]] = field(default_factory=list)
    """Seconds until each answer, in each round."""
    unanswered: int = 0
    """How many had no good answer in time, in all rounds."""
    calls: list[float] = field(default_factory=list)
    """Requests of the bot's own a request, in each round."""

    async def take(self, side: Side, acting: Awaitable[list[Outcome]]) -> None:
        """Have a round of requests made, and note what it took."""
        before = await side.cpu()
        await side.wire.ask("forget_counts")
        outcomes = await acting
        used = max(await side.cpu() - before, 1 / TICKS)
        self.cpu.append(used / len(outcomes) * 1000)
        self.calls.append(await side.calls() / len(outcomes))
        self.add(outcomes)

    def add(self, outcomes: list[Outcome]) -> None:
        """Note when requests were answered, a round of them."""
        good = [each.seconds for each in outcomes if self.good(each)]
        in_time = [seconds for seconds in good if seconds is not None and seconds < IN_TIME]
        self.unanswered += len(outcomes) - len(in_time)
        self.seconds.append(in_time or [IN_TIME])

    def milliseconds(self, share: float) -> list[float]:
        """Return within how many milliseconds this share of the requests was answered, in each round."""
        return [percentile(seconds, share) * 1000 for seconds in self.seconds]
