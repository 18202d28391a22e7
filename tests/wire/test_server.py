import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from tests.wire.by_hand import Shard
from tests.wire.driver import Wire
from tests.wire.limits.messages import LARGEST_FILE, V2
from tests.wire.mischief import Fault, Mischief
from tests.wire.server import Server, serve
from tests.wire.world import FIRST_GUILD, Size, World

TEXT: dict[str, Any] = {"type": 10, "content": "Text."}


def button(number: int, **more: object) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": f"press:{number}", **more}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


def layout(*components: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"components": list(components), "flags": V2, **more}


class Rest:
    """The bot's side of the wire, by hand."""

    def __init__(self, wire: Wire, session: aiohttp.ClientSession) -> None:
        self.wire = wire
        self._session = session
        self.headers: dict[str, str] = {}

    async def __call__(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        async with self._session.request(method, f"{self.wire.api}/api/v10{path}", json=body) as answer:
            self.headers = dict(answer.headers)
            if answer.headers.get("Content-Type") not in {None, "application/json"}:
                return answer.status, await answer.text()
            return answer.status, await answer.json() if answer.status != 204 else None

    async def refusal(self, method: str, path: str, body: object = None) -> tuple[int, int]:
        status, said = await self(method, path, body)
        return status, said["code"]


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    """The server, for once in this very process."""
    server = Server(Size())
    runner = await serve(server, 0)
    async with aiohttp.ClientSession() as session:
        wire = Wire(server.port, session)
        wire.first = FIRST_GUILD
        yield wire
    await runner.cleanup()


@pytest.fixture
async def rest(wire: Wire) -> AsyncIterator[Rest]:
    async with aiohttp.ClientSession() as session:
        yield Rest(wire, session)


@pytest.fixture
def messages(wire: Wire) -> str:
    return f"/channels/{wire.channel(1)}/messages"


def test_faults_come_again_by_their_seed() -> None:
    mischief = Mischief()
    runs = []
    for _ in range(2):
        mischief.set([{"kind": "500", "route": "POST", "rate": 0.5}], 7)
        runs.append([mischief.pick("POST /x") is not None for _ in range(20)])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) == 2


def test_a_fault_can_be_for_the_next_few_requests_of_a_route() -> None:
    mischief = Mischief()
    mischief.set([{"kind": "cut", "route": "^POST", "times": 2}], 0)
    assert [bool(mischief.pick(f"{method} /x")) for method in ("GET", "POST", "POST", "POST")] == [0, 1, 1, 0]


def test_an_unknown_fault_is_refused() -> None:
    with pytest.raises(ValueError, match="a fault is one of"):
        Fault("418")


async def test_messages_are_kept_edited_and_deleted(rest: Rest, messages: str) -> None:
    ids = [(await rest("POST", messages, layout({**TEXT, "content": f"{n}"})))[1]["id"] for n in range(5)]
    assert (await rest("PATCH", f"{messages}/{ids[1]}", layout({**TEXT, "content": "one"})))[0] == 200
    assert (await rest("DELETE", f"{messages}/{ids[0]}"))[0] == 204
    assert await rest.refusal("PATCH", f"{messages}/{ids[0]}", layout(TEXT)) == (404, 10008)

    async def found(query: str) -> list[str]:
        _, listed = await rest("GET", f"{messages}?{query}")
        return [message["components"][0]["content"] for message in listed]

    assert await found("limit=10") == ["4", "3", "2", "one"]
    assert await found("limit=2") == ["4", "3"]
    assert await found(f"limit=2&before={ids[3]}") == ["2", "one"]
    assert await found(f"limit=2&after={ids[1]}") == ["3", "2"]


async def test_a_nonce_that_is_enforced_returns_the_first_message(rest: Rest, messages: str) -> None:
    payload = layout(TEXT, nonce="n", enforce_nonce=True)
    first, second = [(await rest("POST", messages, payload))[1]["id"] for _ in range(2)]
    assert first == second
    assert (await rest("POST", messages, layout(TEXT, nonce="n")))[1]["id"] != first


async def test_a_message_over_a_limit_is_refused_in_the_shape_of_discords_errors(rest: Rest, messages: str) -> None:
    status, said = await rest("POST", messages, layout({**TEXT, "content": "a" * 4001}))
    assert (status, said["code"], said["message"]) == (400, 50035, "Invalid Form Body")
    assert said["errors"]["components"]["0"]["content"]["_errors"] == [
        {"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be between 1 and 4000 in length."}
    ]


async def test_every_body_that_is_judged_is_counted_and_what_is_wrong_is_kept(rest: Rest, messages: str) -> None:
    await rest("POST", messages, layout(TEXT))
    await rest("GET", messages)
    await rest("POST", messages, layout({**TEXT, "content": ""}))
    judged = await rest.wire.ask("judged")
    assert judged["bodies"] == {"POST /channels/{}/messages": 2, "GET /channels/{}/messages": 0}
    assert judged["wrong"] == ["components.0.content: BASE_TYPE_REQUIRED: This field is required"]


async def test_an_edit_is_judged_with_what_stands_there_already(rest: Rest, messages: str) -> None:
    _, posted = await rest("POST", messages, layout(TEXT))
    _, said = await rest("PATCH", f"{messages}/{posted['id']}", {"content": "Words beside components."})
    assert [each["code"] for each in said["errors"]["_errors"]] == [
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    ]


async def test_a_file_over_the_limit_is_refused(rest: Rest, messages: str) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", '{"content": "See this."}')
    form.add_field("files[0]", BytesIO(b"0" * (LARGEST_FILE + 1)), filename="large.png")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{rest.wire.api}/api/v10{messages}", data=form) as said,
    ):
        assert (said.status, (await said.json())["code"]) == (413, 40005)


async def test_a_route_that_takes_a_body_without_judging_it_is_told_of(
    rest: Rest, messages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(World, "judge", lambda *_: None)
    await rest("POST", messages, layout(TEXT))
    assert (await rest.wire.ask("judged"))["wrong"] == ["POST /channels/{}/messages takes bodies that nobody judges"]


@pytest.mark.parametrize(
    ("denied", "post", "look"), [("send", 50013, 200), ("history", 200, 50013), ("view", 50001, 50001)]
)
async def test_what_the_bot_may_not_do_is_refused(rest: Rest, messages: str, denied: str, post: int, look: int) -> None:
    await rest.wire.ask("deny", channel=rest.wire.channel(1), needs=[denied])
    for method, expected in (("POST", post), ("GET", look)):
        status, said = await rest(method, messages, layout(TEXT) if method == "POST" else None)
        assert status == 200 if expected == 200 else (status, said["code"]) == (403, expected)


async def test_a_deleted_channel_and_one_that_never_was_are_unknown(rest: Rest, messages: str) -> None:
    await rest.wire.ask("delete_channel", channel=rest.wire.channel(1))
    assert await rest.refusal("POST", messages, layout(TEXT)) == (404, 10003)
    assert await rest.refusal("GET", "/channels/7/messages") == (404, 10003)


async def test_too_many_requests_are_told_how_long_to_wait(rest: Rest, messages: str) -> None:
    await rest.wire.ask("rates", a_channel=2, a_second=1000)
    assert [(await rest("POST", messages, layout(TEXT)))[0] for _ in range(3)] == [200, 200, 429]
    assert "Via" in rest.headers
    assert (await rest("GET", messages))[0] == 200


async def test_a_fault_answers_as_discord_does(rest: Rest, messages: str) -> None:
    kinds = ["429", "500", "502", "403", "404"]
    await rest.wire.ask("faults", faults=[{"kind": kind, "times": 1} for kind in kinds])
    assert [str((await rest("POST", messages, layout(TEXT)))[0]) for _ in kinds] == kinds
    assert await rest.wire.ask("messages", channel=rest.wire.channel(1)) == []


async def test_a_connection_is_cut_after_the_work_was_done(rest: Rest, messages: str) -> None:
    await rest.wire.ask("faults", faults=[{"kind": "cut", "times": 1}])
    with pytest.raises(aiohttp.ClientError):
        await rest("POST", messages, layout(TEXT))
    assert len(await rest.wire.ask("messages", channel=rest.wire.channel(1))) == 1


async def test_requests_are_counted_by_route(rest: Rest, messages: str) -> None:
    await rest("POST", messages, layout(TEXT))
    await rest("GET", messages)
    await rest("GET", "/channels/7/messages")
    assert await rest.wire.ask("counts") == {
        "requests": {"POST /channels/{}/messages": 1, "GET /channels/{}/messages": 2},
        "refused": {"GET /channels/{}/messages 404": 1},
    }


@pytest.fixture
async def shard(wire: Wire) -> AsyncIterator[Shard]:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{wire.api}/gateway") as socket:
        yield Shard(socket)


async def test_the_gateway_greets_with_every_server(shard: Shard) -> None:
    await shard.hears("hello")
    await shard.says(1, None)
    await shard.hears("ack")
    await shard.says(2, {"token": "t", "shard": [0, 1]})
    ready = (await shard.hears("READY"))["d"]
    guild = (await shard.hears("GUILD_CREATE"))["d"]
    assert [each["id"] for each in ready["guilds"]] == [guild["id"]]
    assert len(guild["channels"]) == 8


async def test_a_session_that_is_resumed_hears_what_it_has_missed(wire: Wire, shard: Shard) -> None:
    await shard.says(2, {"token": "t"})
    ready = await shard.hears("READY")
    await shard.hears("GUILD_CREATE")
    await wire.ask("disturb", what="silence")
    await wire.ask("deny", channel=wire.channel(1), needs=["send"])
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{wire.api}/gateway") as socket:
        again = Shard(socket)
        await again.says(6, {"token": "t", "session_id": ready["d"]["session_id"], "seq": ready["s"]})
        assert (await again.hears("CHANNEL_UPDATE"))["d"]["id"] == str(wire.channel(1))
        assert (await again.hears("RESUMED"))["d"] == {}


async def test_a_session_that_is_unknown_cannot_be_resumed(shard: Shard) -> None:
    await shard.says(6, {"token": "t", "session_id": "none", "seq": 1})
    assert (await shard.hears("invalid"))["d"] is False


async def press(wire: Wire, rest: Rest, messages: str, shard: Shard) -> tuple[asyncio.Task[Any], dict[str, Any]]:
    """Have a member press a button; return what they wait for, and what the bot hears of it."""
    await shard.says(2, {"token": "t"})
    await shard.hears("GUILD_CREATE")
    await rest("POST", messages, layout(row(button(1))))
    waiting = asyncio.create_task(wire.press(wire.channel(1), 5, "press:1"))
    return waiting, (await shard.hears("INTERACTION_CREATE"))["d"]


async def test_an_interaction_is_answered_once(wire: Wire, rest: Rest, messages: str, shard: Shard) -> None:
    waiting, heard = await press(wire, rest, messages, shard)
    callback = f"/interactions/{heard['id']}/{heard['token']}/callback?with_response=1"
    answer = {"type": 7, "data": layout(TEXT)}
    status, said = await rest("POST", callback, answer)
    assert (status, said["resource"]["message"]["id"]) == (200, heard["message"]["id"])
    assert (await waiting).text == "Text."
    assert await rest.refusal("POST", callback, answer) == (400, 40060)
    webhook = f"/webhooks/{heard['application_id']}/{heard['token']}"
    assert (await rest("POST", webhook, {**layout(TEXT), "flags": V2 | 64}))[0] == 200
    assert len(await wire.ask("followups", interaction=int(heard["id"]))) == 1
    assert len(await wire.ask("messages", channel=wire.channel(1))) == 1


async def test_an_interaction_that_nobody_knows_cannot_be_answered(rest: Rest) -> None:
    assert await rest.refusal("POST", "/interactions/1/none/callback", {"type": 6}) == (404, 10062)
    assert await rest.refusal("POST", "/webhooks/1/none", layout(TEXT)) == (404, 10015)
