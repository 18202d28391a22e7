"""Processes share the shards: which are whose, and what becomes of those of a process that is dead or frozen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import asyncpg
import pytest

from story.errors import NotKeptError, TakenError
from story.rules.delivery import Delivery, DeliveryKind
from story.rules.shards import Shards
from story.store import Commit, Store, UnusableDatabaseError, Use, open_store, postgres_shards
from story.store.postgres_connections import Writer
from story.store.postgres_lease import ALONE
from story.store.postgres_shards import OF_SHARD, PostgresLeases
from tests.builders import NOON
from tests.postgres import Server, emptied, end_others, needs_postgres
from tests.wire.driver import until

pytestmark = needs_postgres


@pytest.fixture
async def address(postgres: Server) -> str:
    return await emptied(postgres.address())


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks by the clock: the tests say when."""
    monkeypatch.setattr("story.store.postgres_connections.BEAT_EVERY", 1000)


def leases_of(store: Store) -> PostgresLeases:
    assert isinstance(store.leases, PostgresLeases)
    return store.leases


@asynccontextmanager
async def sharing(address: str, wanted: int = 4) -> AsyncIterator[tuple[Store, PostgresLeases]]:
    """A process that shares the shards."""
    async with open_store(address, Use.SHARED) as store:
        leases = leases_of(store)
        await leases.agree(wanted)
        yield store, leases


async def claim_all(*processes: PostgresLeases) -> list[int]:
    """Have processes take shards in turns until none takes any; return how many each has."""
    for leases in processes:
        await leases.look()
    while any([await leases.claim() is not None for leases in processes]):
        pass
    return [len(leases.owned.numbers) for leases in processes]


async def give_up(leases: PostgresLeases, shard: int) -> None:
    leases.leave(shard)
    await leases.release(shard)


async def settled(*processes: PostgresLeases) -> list[int]:
    """Have processes take and give up shards until none does any more; return how many each has."""
    for _ in range(10):
        counts = await claim_all(*processes)
        for leases in processes:
            await leases.look()
            if (shard := leases.surplus()) is not None:
                await give_up(leases, shard)
    return counts


async def keep(store: Store, value: str) -> None:
    async with store.transaction() as tx:
        await tx.set_note("who", value)


async def rows(address: str) -> dict[int, str | None]:
    connection = await asyncpg.connect(address)
    found = await connection.fetch("SELECT number, owner FROM shard")
    await connection.close()
    return dict(found)


async def look_twice(leases: PostgresLeases) -> None:
    """Look, and judge the others by it: whoever was away judges nobody."""
    await leases.look()
    await leases.look()


async def test_a_process_that_is_the_only_one_takes_every_shard(address: str) -> None:
    async with sharing(address) as (store, leases):
        assert await claim_all(leases) == [4]
        assert store.shards == Shards(frozenset(range(4)), 4)


async def test_processes_that_are_started_together_divide_the_shards(address: str) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two), sharing(address) as (_, three):
        assert sorted(await claim_all(one, two, three)) == [1, 1, 2]
        assert sum(len(each.owned.numbers) for each in (one, two, three)) == 4
        assert one.processes == 3


async def test_a_process_that_comes_later_is_given_its_share(address: str) -> None:
    async with sharing(address) as (_, one):
        assert await claim_all(one) == [4]
        async with sharing(address) as (_, two), sharing(address) as (_, three):
            assert sorted(await settled(one, two, three)) == [1, 1, 2]


async def test_nobody_gives_up_a_shard_while_another_is_free(address: str) -> None:
    async with sharing(address) as (_, one):
        await claim_all(one)
        await give_up(one, 3)
        async with sharing(address) as (_, two):
            await look_twice(one)
            assert one.surplus() is None
            assert await two.claim() == 3
            await look_twice(one)
            assert one.surplus() == 2


async def test_whoever_has_just_come_is_given_nothing_until_it_has_stayed_for_a_while(address: str) -> None:
    async with sharing(address) as (_, one):
        await claim_all(one)
        async with sharing(address):
            await one.look()
            assert one.surplus() is None
        await look_twice(one)
        assert one.surplus() is None


async def test_as_few_shards_as_can_be_change_hands(address: str) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        await claim_all(one, two)
        before = await rows(address)
        async with sharing(address) as (_, three):
            assert sorted(await settled(one, two, three)) == [1, 1, 2]
            after = await rows(address)
            assert len([number for number in before if before[number] != after[number]]) == 1


async def test_what_is_given_up_is_told_to_who_waits_for_it(address: str) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        await one.look()
        while await one.claim() is not None:
            pass
        waiting = asyncio.create_task(two._lease.freed.wait())
        await give_up(one, min(one.owned.numbers))
        await asyncio.wait_for(waiting, 10)
        await two.changed()
        assert await two.claim() is not None
        assert not two._lease.freed.is_set()


async def test_a_process_that_waits_looks_again_after_a_moment(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("story.store.shards.LOOK_EVERY", 0.01)
    async with sharing(address) as (_, leases):
        leases._lease.freed.clear()
        await leases.changed()


async def test_a_process_that_ends_gives_up_everything_at_once(address: str) -> None:
    async with sharing(address) as (_, one):
        async with sharing(address) as (_, two):
            await claim_all(one, two)
        assert list((await rows(address)).values()).count(None) == 2
        assert await claim_all(one) == [4]


async def lose(leases: PostgresLeases) -> None:
    """End a process's connection without a word, as when it is killed."""
    connection = await leases._writer.open()
    connection.terminate()


async def test_the_shards_of_a_process_that_was_killed_are_free_after_a_while(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        assert await claim_all(one, two) == [2, 2]
        await lose(two)
        await look_twice(one)
        assert await claim_all(one) == [2]
        monkeypatch.setattr(postgres_shards, "AWAY", 0.2)
        await asyncio.sleep(0.3)
        await one.look()
        await asyncio.sleep(0.1)
        await one.look()
        assert "a process has fallen silent; its 2 shards are free" in caplog.text
        assert await claim_all(one) == [4]


async def test_a_process_that_was_frozen_can_write_nothing_when_it_wakes(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sharing(address) as (_, one), sharing(address) as (store, two):
        await claim_all(one, two)
        told = asyncio.Event()
        store.when_taken(told.set)
        monkeypatch.setattr(postgres_shards, "SILENT", 0.0)
        await look_twice(one)
        monkeypatch.undo()
        with pytest.raises(TakenError):
            await keep(store, "the frozen one")
        assert told.is_set()
        with pytest.raises(TakenError):
            await two.look()
        assert await claim_all(one) == [4]
        assert await store.read.note("who") is None


async def test_a_lease_is_taken_only_when_the_connection_that_held_it_has_ended(address: str) -> None:
    async with sharing(address) as (_, leases):
        connection = await asyncpg.connect(address)
        await connection.fetchval("SELECT pg_advisory_lock($1, 0)", OF_SHARD)
        assert await claim_all(leases) == [3]
        await connection.close()
        assert await claim_all(leases) == [4]


async def test_a_process_that_was_heard_of_meanwhile_keeps_its_shards(address: str) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        await claim_all(one, two)
        await one._supersede(two._lease.name, 1.0)
        assert None not in (await rows(address)).values()


async def test_a_process_that_was_away_itself_judges_nobody(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        await claim_all(one, two)
        monkeypatch.setattr(postgres_shards, "SILENT", 0.0)
        monkeypatch.setattr(postgres_shards, "AWAY", 0.0)
        await look_twice(one)
        assert None not in (await rows(address)).values()


async def test_each_process_has_its_own_shards_again_after_the_server_was_restarted(
    address: str, postgres: Server
) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        await claim_all(one, two)
        before = await rows(address)
        await asyncio.to_thread(postgres.stop)
        with pytest.raises(NotKeptError):
            await one.look()
        await asyncio.to_thread(postgres.start)
        await look_twice(two)
        await look_twice(one)
        assert await rows(address) == before
        assert await claim_all(one, two) == [2, 2]


async def test_a_process_has_its_shards_again_from_a_connection_that_the_server_does_not_know_to_be_lost(
    address: str,
) -> None:
    async with sharing(address) as (_, leases):
        await claim_all(leases)
        lost = await leases._writer.open()
        leases._writer._connection = None
        await leases.look()
        sql = "SELECT 1 FROM pg_stat_activity WHERE pid = $1"
        assert not await leases._writer.once(sql, (lost.get_server_pid(),))
        lost.terminate()


async def test_a_process_whose_shards_another_has_writes_nothing_more(address: str) -> None:
    async with sharing(address) as (store, leases):
        await claim_all(leases)
        await leases._writer.once("UPDATE shard SET owner = 'another' WHERE number = 0")
        with pytest.raises(TakenError):
            await leases.look()
        with pytest.raises(TakenError):
            await keep(store, "the superseded one")


async def test_what_was_taken_while_the_connection_was_lost_is_free_again(address: str) -> None:
    async with sharing(address) as (_, leases):
        connection = await asyncpg.connect(address)
        await connection.execute("UPDATE shard SET owner = $1, heard = 1 WHERE number = 2", leases._lease.name)
        await connection.close()
        await leases.look()
        assert (await rows(address))[2] is None


async def test_another_that_takes_a_shard_at_the_same_moment_has_it(address: str) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        assert await two.claim() == 0
        assert not await one._take(0)
        await two._unlock(0)
        assert not await one._take(0)
        assert await two._take(1)


async def test_a_shard_that_could_not_be_taken_is_left_to_others(address: str) -> None:
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        await one._writer.once("SET lock_timeout = 50")
        connection = await asyncpg.connect(address)
        async with connection.transaction():
            await connection.execute("LOCK TABLE shard IN EXCLUSIVE MODE")
            with pytest.raises(NotKeptError):
                await one.claim()
        await connection.close()
        assert one.owned.numbers == frozenset()
        assert await two.claim() == 0


async def test_the_first_to_come_says_how_many_shards_there_are(address: str, caplog: pytest.LogCaptureFixture) -> None:
    async with sharing(address, 4) as (_, one):
        await claim_all(one)
        async with sharing(address, 6) as (_, two):
            assert two.owned.of == 4
    assert "the other processes have agreed on 4 shards" in caplog.text


async def test_whoever_comes_while_nobody_is_at_work_divides_the_shards_otherwise(address: str) -> None:
    async with sharing(address, 4) as (_, one):
        async with sharing(address, 6) as (_, two):
            assert await claim_all(two) == [3]
        with pytest.raises(TakenError, match="more shards now, or fewer"):
            await one.look()


async def test_an_agreement_that_fails_is_none(address: str, postgres: Server) -> None:
    async with open_store(address, Use.SHARED) as store:
        leases = leases_of(store)
        await asyncio.to_thread(postgres.stop)
        with pytest.raises(NotKeptError):
            await leases.agree(4)
        await asyncio.to_thread(postgres.start)
        assert await leases.agree(4) == 4


async def test_an_agreement_that_fails_in_the_middle_is_undone(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_store(address, Use.SHARED) as store:
        leases = leases_of(store)
        with pytest.raises(asyncpg.PostgresError):
            await leases.agree(2**40)
        assert await leases.agree(4) == 4


async def test_processes_that_share_refuse_one_that_does_not_and_are_refused_by_it(address: str) -> None:
    async with sharing(address):
        with pytest.raises(UnusableDatabaseError, match="another bot is using it"):
            async with open_store(address, Use.ALONE):
                pass
    async with open_store(address, Use.ALONE):
        with pytest.raises(UnusableDatabaseError, match="another bot is using it"):
            async with open_store(address, Use.SHARED):
                pass


async def test_identifies_are_taken_in_turn_by_bucket(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_shards, "IDENTIFY_EVERY", 100)
    async with sharing(address) as (_, one), sharing(address) as (_, two):
        assert await one.turn_to_identify(0) == 0
        assert 99 < await two.turn_to_identify(0) < 101
        assert 199 < await one.turn_to_identify(0) < 201
        assert await two.turn_to_identify(1) == 0


async def test_a_sign_of_life_that_comes_by_the_clock_keeps_the_shards(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("story.store.postgres_connections.BEAT_EVERY", 0.02)
    async with sharing(address) as (_, leases):
        await claim_all(leases)
        connection = await asyncpg.connect(address)
        before = await connection.fetchval("SELECT max(heard) FROM shard")

        async def is_heard_again() -> bool:
            return bool(await connection.fetchval("SELECT max(heard) > $1 FROM shard", before))

        await until(is_heard_again, "another sign of life")
        await connection.close()


def heard_by(store: Store) -> asyncio.Queue[Commit]:
    """What a process is told of that others have changed."""
    heard: asyncio.Queue[Commit] = asyncio.Queue()
    store.subscribe(lambda commit: heard.put_nowait(commit) if commit.elsewhere else None)
    return heard


@pytest.mark.parametrize("what", ["a member forgotten", "a setting", "a story", "a delivery of another's", "unreached"])
async def test_what_concerns_other_processes_is_told_to_them(address: str, what: str) -> None:
    async with sharing(address) as (store, one), sharing(address) as (other, two):
        await claim_all(one, two)
        theirs = min(two.owned.numbers) << 22
        heard, own = heard_by(other), heard_by(store)
        async with store.transaction() as tx:
            match what:
                case "a member forgotten":
                    tx.touch_all()
                case "a setting":
                    await tx.set_server_changes(1, {"language": "de"})
                case "a story":
                    await tx.add_story("mine", (1, 2), "Mine", ("", "{}"), NOON)
                case "a delivery of another's":
                    await tx.deliver(NOON, Delivery(DeliveryKind.LOBBY_CARD, theirs, 2, 3))
                case _:
                    await tx.set_unreached(7)
        assert (await asyncio.wait_for(heard.get(), 10)).again
        assert own.empty()


async def test_what_concerns_nobody_else_is_told_to_nobody(address: str) -> None:
    async with sharing(address) as (store, one), sharing(address) as (other, two):
        await claim_all(one, two)
        mine = min(one.owned.numbers) << 22
        heard = heard_by(other)
        async with store.transaction() as tx:
            await tx.deliver(NOON, Delivery(DeliveryKind.LOBBY_CARD, mine, 2, 3))
            await tx.set_note("key", "value")
        async with store.transaction() as tx:
            tx.touch_all()
        await asyncio.wait_for(heard.get(), 10)
        assert heard.empty()


async def test_that_others_have_changed_something_may_be_of_interest_to_nobody(address: str) -> None:
    async with sharing(address) as (store, one), sharing(address) as (_, two):
        two._lease.told = None
        async with store.transaction() as tx:
            tx.touch_all()
        await one.look()
        await two.look()


async def test_only_what_is_of_ones_own_servers_is_looked_up(address: str) -> None:
    async with sharing(address) as (store, one), sharing(address) as (_, two):
        await claim_all(one, two)
        servers = [(1 << 30) + (shard << 22) for shard in range(4)]
        async with store.transaction() as tx:
            await tx.deliver(NOON, *(Delivery(DeliveryKind.LOBBY_CARD, guild, 2, 3) for guild in (*servers, -5)))
        ours = [guild for guild in (*servers, -5) if one.owned.have(guild)]
        assert [each.guild for each in await store.read.deliveries(one.owned)] == ours
        assert await store.read.deliveries(Shards(frozenset(), 4)) == []
        assert len(await store.read.deliveries(one.owned)) + len(await store.read.deliveries(two.owned)) == 5


async def test_the_connection_of_a_writer_holds_the_lock_of_all_together(address: str) -> None:
    async with sharing(address) as (store, leases):
        assert isinstance(store._writer, Writer)
        connection = await asyncpg.connect(address)
        assert not await connection.fetchval("SELECT pg_try_advisory_lock($1)", ALONE)
        await connection.close()
        await end_others(address)
        with suppress(NotKeptError):  # it may be in the middle of something, as in the bot, which looks again
            await leases.look()
        await leases.look()
