"""What is told over HTTP of a bot that runs."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import aiohttp
import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

import bot as entry
from tests.wire.driver import Json, Wire, until
from tests.wire.processes import open_bot

ANN = 101
BEN = "vote:1:1:ben"
READY = 10.0
LISTENS = "0A"


@pytest.fixture
def port(config: Path) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    config.write_text(f"{config.read_text(encoding='utf-8')}[health]\nport = {port}\n", encoding="utf-8")
    return port


async def fetch(port: int, path: str) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.read()


async def health(port: int) -> tuple[int, Json]:
    status, body = await fetch(port, "/health")
    return status, orjson.loads(body)


async def metrics(port: int) -> dict[str, float]:
    _, text = await fetch(port, "/metrics")
    families = text_string_to_metric_families(text.decode())
    return {
        "".join([sample.name, *(f" {value}" for _, value in sorted(sample.labels.items()))]): sample.value
        for family in families
        for sample in family.samples
    }


async def well(port: int) -> Json:
    """Wait until the bot is well; return what it says."""

    async def look() -> Json | None:
        status, body = await health(port)
        return body if status == 200 else None

    body = await until(look, "the bot to be well", READY)
    assert body
    return body


async def test_a_bot_that_runs_is_well(wire: Wire, config: Path, port: int) -> None:
    async with open_bot(wire, config):
        body = await well(port)
        assert (body["ready"], body["store_writable"], body["oldest_delivery_seconds"]) == (True, True, 0)
        assert [(shard["id"], shard["connected"]) for shard in body["shards"]] == [(0, True)]


async def test_a_database_that_somebody_else_holds_is_not_well(wire: Wire, config: Path, port: int) -> None:
    async with open_bot(wire, config):
        await well(port)
        with closing(sqlite3.connect(config.parent / "wire.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            status, body = await health(port)
        assert (status, body["well"], body["store_writable"]) == (503, False, False)


async def test_what_members_do_is_in_the_metrics(wire: Wire, config: Path, port: int) -> None:
    channel = wire.channel(1)
    async with open_bot(wire, config):
        await well(port)
        await wire.command(channel, ANN, "story start", story="wire")
        await wire.press(channel, ANN, BEN)
        found = await metrics(port)
    assert found["discord_connected 0"] == 1
    assert found["discord_stat_total_guilds"] == 1
    assert found["discord_stat_total_commands"] > 20
    assert found["discord_event_on_interaction_total story start application_command 0"] == 1
    assert found["discord_event_on_interaction_total None component 0"] == 1
    assert found["storyteller_pages_total"] >= 1
    assert found["storyteller_votes_total"] == 1
    assert found["storyteller_commits_total"] > 1
    assert found["storyteller_deliveries held"] == 0
    assert found["storyteller_store_writable"] == 1
    assert found["logging_total INFO cogs.core.known_commands"] >= 1
    assert "storyteller_event_loop_lag_seconds_count" in found


async def test_nobody_is_answered_unless_a_port_is_set(wire: Wire, config: Path) -> None:
    async with open_bot(wire, config) as bot:
        assert listening(bot.pid) == []


def listening(pid: int) -> list[str]:
    """Return the addresses that a process listens on, as Linux shows them."""
    fds = Path(f"/proc/{pid}/fd")
    mine = {str(each.readlink()) for each in fds.iterdir() if each.is_symlink()}
    lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="utf-8").splitlines()[1:]
    sockets = [line.split() for line in lines]
    return [each[1] for each in sockets if each[3] == LISTENS and f"socket:[{each[9]}]" in mine]


def test_a_port_that_is_taken_is_one_line(
    config: Path, port: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a.secret.token")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert entry.main(["--config", str(config)]) == entry.BAD_SETTINGS
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"health.port: 127.0.0.1:{port} cannot be opened: ")
