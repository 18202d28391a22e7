from story.rules.shards import Shards, shard_of

SERVER = 1_176_000_000_000_000_000


def test_a_server_belongs_to_the_shard_that_discord_says() -> None:
    assert [shard_of(SERVER + (step << 22), 4) for step in range(5)] == [
        (((SERVER >> 22) + step) % 4) for step in range(5)
    ]


def test_what_has_no_server_belongs_to_the_first_shard() -> None:
    assert shard_of(-SERVER, 4) == 0
    assert Shards(frozenset({0}), 4).have(-SERVER)


def test_shards_have_their_servers_and_no_others() -> None:
    number = shard_of(SERVER, 4)
    assert Shards(frozenset({number}), 4).have(SERVER)
    assert not Shards(frozenset({0, 1, 2, 3} - {number}), 4).have(SERVER)
