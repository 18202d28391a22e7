"""The metrics for Prometheus: under the names that dashboards for discord.py bots know, and our own.

It is imported only where they are wanted, as the client library takes memory.
"""

import logging
import math
from collections.abc import Iterator
from typing import Any

import discord
from discord.ext import commands
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from story.services.vitals import Vitals

LAGS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 3.0)
"""Buckets in seconds; after three, Discord no longer waits for an answer."""


class Metrics:
    """Counts what happens, and reports it with the bot's vitals."""

    def __init__(self, bot: commands.AutoShardedBot) -> None:
        self._bot = bot
        self._registry = CollectorRegistry()
        self._interactions = Counter(
            "discord_event_on_interaction",
            "Interactions that Discord has sent.",
            ["shard", "interaction", "command"],
            registry=self._registry,
        )
        self._lines = Counter("logging", "Lines of the log.", ["logger", "level"], registry=self._registry)
        self._lag = Histogram(
            "storyteller_event_loop_lag_seconds",
            "How late the event loop comes to what is due.",
            buckets=LAGS,
            registry=self._registry,
        )

    def count_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Count an interaction; a press has no command, since its custom_id can be forged."""
        command = interaction.command.qualified_name if interaction.command else None
        shard = interaction.guild.shard_id if interaction.guild else None
        self._interactions.labels(shard, interaction.type.name, command).inc()

    def count_line(self, record: logging.LogRecord) -> None:
        """Count a line of the log."""
        self._lines.labels(record.name, record.levelname).inc()

    def note_lag(self, seconds: float) -> None:
        """Note how late the event loop was."""
        self._lag.observe(seconds)

    def text(self, vitals: Vitals) -> bytes:
        """Return everything in Prometheus's format."""
        now = CollectorRegistry()
        now.register(_Now(self._bot, vitals))
        return generate_latest(now) + generate_latest(self._registry)


class _Now(Collector):
    """Metrics that are looked up rather than counted."""

    def __init__(self, bot: commands.AutoShardedBot, vitals: Vitals) -> None:
        self._bot = bot
        self._vitals = vitals

    def collect(self) -> Iterator[Metric]:
        yield from self._of_discord()
        yield from self._of_story()

    def _of_discord(self) -> Iterator[Metric]:
        bot = self._bot
        connected = GaugeMetricFamily("discord_connected", "Whether a shard is connected.", labels=["shard"])
        latency = GaugeMetricFamily(
            "discord_latency_seconds", "How long Discord takes to answer a heartbeat.", labels=["shard"]
        )
        for number, shard in bot.shards.items():
            connected.add_metric([str(number)], not shard.is_closed())
            if math.isfinite(shard.latency):
                latency.add_metric([str(number)], shard.latency)
        yield from (connected, latency)
        # There are no totals of channels and users: the bot keeps almost none of either.
        yield GaugeMetricFamily("discord_stat_total_guilds", "Servers that the bot is in.", len(bot.guilds))
        count = sum(1 for _ in bot.tree.walk_commands())
        yield GaugeMetricFamily("discord_stat_total_commands", "Commands that the bot has.", count)

    def _of_story(self) -> Iterator[Metric]:
        vitals = self._vitals
        yield CounterMetricFamily("storyteller_votes", "Votes that were counted.", vitals.votes)
        yield CounterMetricFamily("storyteller_pages", "Pages that were turned.", vitals.pages)
        yield CounterMetricFamily("storyteller_commits", "Commits to the database.", vitals.commits)
        yield GaugeMetricFamily(
            "storyteller_store_writable", "Whether the database can be written to.", vitals.writable
        )
        deliveries = GaugeMetricFamily(
            "storyteller_deliveries", "What has yet to reach Discord, by its state.", labels=["state"]
        )
        for state, number in vitals.deliveries.items():
            deliveries.add_metric([state], number)
        yield deliveries
        yield GaugeMetricFamily(
            "storyteller_oldest_delivery_seconds",
            "For how long the oldest of these has waited.",
            vitals.oldest_delivery,
        )
