"""What the pretend Discord does wrong when it is told to."""

import random
import re
from dataclasses import dataclass
from typing import Any

KINDS = ("400", "429", "500", "502", "403", "404", "late", "never", "cut")


@dataclass(slots=True)
class Fault:
    """A fault that befalls requests whose "METHOD /path" a pattern finds.

    It comes at a `rate`, or with `times` for the next so many. `seconds` is the wait that a 429 asks for, or by how
    much an answer is late, `code` Discord's own for what is refused. With `after` the work is done all the same: for a
    cut or late answer it is in any case.
    """

    kind: str
    route: str = ""
    rate: float = 1.0
    times: int | None = None
    seconds: float = 0.3
    after: bool = False
    code: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            msg = f"a fault is one of {KINDS}, not {self.kind!r}"
            raise ValueError(msg)

    @property
    def works(self) -> bool:
        """Whether what was asked for is done."""
        return self.after or self.kind in {"late", "never", "cut"}


class Mischief:
    """The faults in force, and how often each has come."""

    def __init__(self) -> None:
        self.set([], 0)

    def set(self, faults: list[dict[str, Any]], seed: int) -> None:
        """Have these faults from now on, by this seed."""
        self._faults = [(re.compile(fault.get("route", "")), Fault(**fault)) for fault in faults]
        self._random = random.Random(seed)  # noqa: S311 - a run is to be repeated by its seed
        self.made: dict[str, int] = {}

    def pick(self, request: str) -> Fault | None:
        """Return the fault that befalls a request, such as "POST /channels/1/messages"."""
        for pattern, fault in self._faults:
            if fault.times == 0 or not pattern.search(request):
                continue
            if fault.times is None and self._random.random() >= fault.rate:
                continue
            if fault.times is not None:
                fault.times -= 1
            self.made[fault.kind] = self.made.get(fault.kind, 0) + 1
            return fault
        return None
