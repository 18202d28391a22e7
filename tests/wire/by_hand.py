"""The bot's side of the gateway, by hand."""

from typing import Any

import aiohttp


class Shard:
    """A shard of a bot: what it says, and what it hears."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def says(self, op: int, data: object) -> None:
        await self._socket.send_json({"op": op, "d": data})

    async def hears(self, name: str) -> dict[str, Any]:
        while True:
            said: dict[str, Any] = await self._socket.receive_json(timeout=5)
            if said.get("t") == name or said["op"] == {"ack": 11, "hello": 10, "invalid": 9}.get(name):
                return said
