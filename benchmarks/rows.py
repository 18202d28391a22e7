"""What comes out: rows with a measured value, the aim and whether it was met, as a table in Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEAD = "| | stock bot | this bot | measured | aim | met |\n| --- | ---: | ---: | ---: | ---: | --- |"


@dataclass(frozen=True, slots=True)
class Row:
    """A measured value; with `at_most` there is an aim, and it is judged as it is shown, to two places."""

    what: str
    ours: str
    measured: float
    unit: str = ""
    at_most: float | None = None
    stock: str = "–"

    @property
    def share(self) -> float | None:
        """How much of what the aim allows was used; None where there is no aim, or it allows nothing."""
        return self.measured / self.at_most if self.at_most else None

    @property
    def met(self) -> bool | None:
        """Whether the aim was met; None where there is none."""
        return None if self.at_most is None else round(self.measured, 2) <= self.at_most

    def line(self) -> str:
        """Return the row as a line of the table."""
        aim = "–" if self.at_most is None else f"at most {_number(self.at_most)}{self.unit}"
        met = {None: "–", True: "yes", False: "**no**"}[self.met]
        return f"| {self.what} | {self.stock} | {self.ours} | {_number(self.measured)}{self.unit} | {aim} | {met} |"


def table(rows: Sequence[Row]) -> str:
    """Lay rows out as a table."""
    return "\n".join([HEAD, *(row.line() for row in rows)])


def compare(what: str, ours: Sequence[float], stock: Sequence[float], unit: str, at_most: float | None = None) -> Row:
    """Compare the medians of rounds; what is measured is our share of the stock bot's."""
    mine, theirs = median(ours), median(stock)
    shown = f"{_number(mine)}{unit}", f"{_number(theirs)}{unit}"
    return Row(what, shown[0], mine / theirs, at_most=at_most, stock=shown[1])


def value(what: str, measured: float, unit: str = "", at_most: float | None = None) -> Row:
    """Return a row of our bot alone."""
    return Row(what, f"{_number(measured)}{unit}", measured, unit, at_most)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _number(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
