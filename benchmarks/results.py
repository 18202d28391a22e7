"""Writes the results down: a table, and a plot of how near each measured value came to its aim."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import discord
from matplotlib.figure import Figure

from benchmarks.rows import Row, table

MET, MISSED = "#3a7d44", "#c1440e"
HEIGHT = 0.36
"""Inches for each bar."""


def write_results(folder: Path, rows: Sequence[Row]) -> None:
    """Write `results.md` and `results.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.md").write_text(_page(rows), encoding="utf-8")
    _plot(rows).savefig(folder / "results.png", dpi=120)


def _page(rows: Sequence[Row]) -> str:
    judged = [row for row in rows if row.met is not None]
    missed = "; ".join(row.what for row in judged if not row.met) or "none"
    met = sum(bool(row.met) for row in judged)
    return (
        f"# Results\n\nMeasured on {datetime.now(UTC):%Y-%m-%d} with `make bench`: {_machine()}.\n\n"
        f"**{met} of {len(judged)} aims are met.** Missed: {missed}.\n\n"
        "The stock bot is discord.py as it comes, with default intents, the default event loop and no database; its\n"
        "button answers with a card of the same size, and does nothing else. Both are processes on a pretend Discord.\n"
        "CPU is what the operating system counts for a bot's process. Where both have a value, the medians of the\n"
        "rounds are shown, and what is measured is our share of the stock bot's. In the rows on a history another bot\n"
        "of ours, with an empty database, stands in the stock bot's place.\n\n"
        f"{table(rows)}\n\n![How much of what the aim allows was used](results.png)\n"
    )


def _machine() -> str:
    return (
        f"{os.cpu_count()} processors ({platform.machine()}), {platform.system()},"
        f" Python {platform.python_version()}, discord.py {discord.__version__}"
    )


def _plot(rows: Sequence[Row]) -> Figure:
    """Draw a bar for each row with an aim that allows something: those left of the line meet it."""
    bars = [(row.what, row.share, row.met) for row in rows if row.share is not None]
    figure = Figure(figsize=(11, 1.2 + HEIGHT * len(bars)), layout="constrained")
    axes = figure.add_subplot()
    places = range(len(bars), 0, -1)
    drawn = axes.barh(places, [share for _, share, _ in bars], color=[MET if met else MISSED for _, _, met in bars])
    labels = [f"{share:.2f}" for _, share, _ in bars]
    axes.bar_label(drawn, labels, padding=3, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
    axes.set_yticks(places, [what for what, _, _ in bars])
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xlim(0, 1.1 * max([1.5, *(share for _, share, _ in bars)]))
    axes.set_xlabel("share of what the aim allows: 1 and less meets it")
    axes.spines[["top", "right"]].set_visible(False)
    return figure
