import time

import pytest

from tests.wire.world import ANSWER_WITHIN, TOKEN_LASTS, Size, World, Wrong, user


async def test_an_answer_that_comes_too_late_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(Size())
    made = world.interaction(2, next(world.guild_ids()) + 1, user(101, "ann"), None)
    assert world.unanswered(made.token) is made
    monkeypatch.setattr(time, "monotonic", lambda: made.born + ANSWER_WITHIN + 0.1)
    with pytest.raises(Wrong, match="Unknown interaction"):
        world.unanswered(made.token)


async def test_a_token_is_good_for_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(Size())
    made = world.interaction(2, next(world.guild_ids()) + 1, user(101, "ann"), None)
    made.type = 5
    assert world.answered(made.token) is made
    monkeypatch.setattr(time, "monotonic", lambda: made.born + TOKEN_LASTS + 1)
    with pytest.raises(Wrong, match="Unknown Webhook"):
        world.answered(made.token)


def test_numbers_only_grow() -> None:
    world = World(Size())
    numbers = [world.number() for _ in range(1000)]
    assert numbers == sorted(set(numbers))


def test_every_server_is_on_one_shard() -> None:
    world = World(Size(guilds=100))
    shards = [set(world.guild_ids(shard, 3)) for shard in range(3)]
    assert set.union(*shards) == set(world.guild_ids())
    assert sum(map(len, shards)) == 100
