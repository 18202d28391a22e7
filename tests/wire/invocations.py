"""What Discord sends of a command, a choice or a typed line: the `data` of an interaction."""

from typing import Any

from tests.wire.judge import Json
from tests.wire.limits.commands import CHANNEL, CHAT, FILE, GROUP, INTEGER, MEMBER, MENU, ROLE, STRING, SUB_COMMAND
from tests.wire.limits.components import BUTTON, CHANNEL_SELECT, LABEL, ROLE_SELECT, TEXT_INPUT, USER_SELECT
from tests.wire.payloads import PERMITTED, channel_of, role
from tests.wire.payloads import member as member_of
from tests.wire.world import World

OPTION_TYPES = {bool: 5, str: STRING, int: INTEGER, dict: FILE}
"""The types of options by their values, where Discord has not been told the command."""
SELECTED = {USER_SELECT: MEMBER, ROLE_SELECT: ROLE, CHANNEL_SELECT: CHANNEL}
"""What the values of a kind of select are."""


def command(world: World, name: str, options: dict[str, Any], api: str = "", typing: str = "") -> Json:
    """Describe a command such as "story start" with options; one that is `{"file": name, "text": …}` is an upload.

    `typing` is the option that somebody is typing, for what is suggested.
    """
    first, *groups = name.split()
    number = next((each["id"] for each in world.commands if each["name"] == first), "1")
    types = {key: value["type"] for key, value in _declared(world, name).items()}
    uploads = {key: _upload(world, api, **value) for key, value in options.items() if isinstance(value, dict)}
    given = []
    resolved: Json = {"attachments": {each["id"]: each for each in uploads.values()}} if uploads else {}
    for key, value in options.items():
        kind = types.get(key, OPTION_TYPES[type(value)])
        said = uploads[key]["id"] if key in uploads else value
        given.append({"name": key, "type": kind, "value": said, **({"focused": True} if key == typing else {})})
        resolved |= _resolved(world, kind, str(value))
    for group in reversed(groups):
        given = [{"name": group, "type": SUB_COMMAND, "options": given}]
    return {"id": number, "name": first, "type": CHAT, "options": given, **({"resolved": resolved} if resolved else {})}


def menu(world: World, name: str, message: Json) -> Json:
    """Describe a command in the menu of a message."""
    number = next(each["id"] for each in world.commands if each["name"] == name)
    target = message["id"]
    return {"id": number, "name": name, "type": MENU, "target_id": target, "resolved": {"messages": {target: message}}}


def pressed(custom_id: str) -> Json:
    """Describe the press of a button."""
    return {"custom_id": custom_id, "component_type": BUTTON, "id": 1}


def chosen(world: World, kind: int, custom_id: str, values: list[str]) -> Json:
    """Describe what was chosen in a kind of select."""
    resolved: Json = {}
    for value in values:
        for what, found in _resolved(world, SELECTED.get(kind, STRING), value).items():
            resolved.setdefault(what, {}).update(found)
    data = {"custom_id": custom_id, "component_type": kind, "id": 1, "values": values}
    return {**data, "resolved": resolved} if resolved else data


def typed(custom_id: str, value: str) -> Json:
    """Describe a modal with one line, and what was typed there."""
    line = {"type": TEXT_INPUT, "id": 2, "custom_id": "answer", "value": value}
    return {"custom_id": custom_id, "components": [{"type": LABEL, "id": 1, "component": line}]}


def _declared(world: World, name: str) -> dict[str, Json]:
    """Return the options of a command as Discord was told of them, by their names."""
    parts = world.commands
    for word in name.split():
        found = next((each for each in parts if each["name"] == word), {})
        parts = found.get("options") or []
    return {each["name"]: each for each in parts if each["type"] not in {SUB_COMMAND, GROUP}}


def _resolved(world: World, kind: int, value: str) -> Json:
    """Describe a member, role or channel that a value stands for."""
    if kind == MEMBER:
        found = member_of(int(value), f"member {value}")
        return {"users": {value: found.pop("user")}, "members": {value: found}}
    if kind == ROLE:
        return {"roles": {value: role(int(value), 1)}}
    if kind == CHANNEL:
        return {"channels": {value: {**channel_of(world.channel(int(value))), "permissions": str(PERMITTED)}}}
    return {}


def _upload(world: World, api: str, file: str, text: str) -> Json:
    """Take a file; return its description."""
    number, data = str(world.number()), text.encode()
    world.files[number] = data
    url = f"{api}/cdn/{number}"
    return {
        "id": number,
        "filename": file,
        "size": len(data),
        "url": url,
        "proxy_url": url,
        "content_type": "text/plain",
    }
