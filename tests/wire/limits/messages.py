"""Messages, posted, edited or given as an answer, and modals: what they are made of, and how much of it in all."""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.wire.components import walk
from tests.wire.judge import (
    Breach,
    Json,
    Rule,
    Way,
    anything,
    bits,
    by,
    flag,
    many,
    missing,
    one_of,
    shape,
    snowflake,
    text,
)
from tests.wire.limits.components import (
    ACTION_ROW,
    ALT,
    ASKED,
    BOX,
    COMPONENTS,
    CONTAINER,
    ID,
    LABEL,
    LEGACY_ROWS,
    TEXTS,
    WITHIN,
)

# resources/message#message-object-message-flags
SUPPRESS_EMBEDS, EPHEMERAL, SILENT, V2 = 1 << 2, 1 << 6, 1 << 12, 1 << 15
TEXT, BYTES = 4000, 10_170
"""Characters over all text displays; and bytes of UTF-8, which are not documented: discord-api-docs issue 8554."""
LAID_OUT = many(by("type", {**WITHIN, CONTAINER: BOX}), 1, COMPONENTS)  # components/reference, "Usage"
# components/reference#legacy-message-component-behavior
LEGACY = many(by("type", {ACTION_ROW: WITHIN[ACTION_ROW]}), 0, LEGACY_ROWS)
REPLACED = ("content", "embeds", "sticker_ids", "poll")


def _layout(message: Json) -> Iterator[Breach]:
    """Hold components to what the flag for them says: the first section of components/reference."""
    components, is_v2 = message.get("components") or [], bool((message.get("flags") or 0) & V2)
    yield from (LAID_OUT if is_v2 else LEGACY)(components, ("components",))
    if is_v2 and any(message.get(key) for key in REPLACED):
        said = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
        yield Breach((), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", said)
    if not components and not any(str(message.get(key) or "").strip() for key in (*REPLACED, "attachments")):
        yield missing("content")


def _in_all(body: Json) -> Iterator[Breach]:
    """Hold all components of a message or modal together to its limits: components/reference, its first section."""
    found = list(walk(body.get("components") or []))
    said = "".join(str(each.get("content") or "") for each in found)
    if len(found) > COMPONENTS:
        yield Breach(("components",), "BASE_TYPE_BAD_LENGTH", f"More than {COMPONENTS} components in all.")
    if len(said) > TEXT or len(said.encode()) > BYTES:
        what = f"Components displayable text size exceeds maximum size of {TEXT} ({BYTES} bytes)"
        yield Breach(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", what)
    # components/reference#anatomy-of-a-component
    for key, code in (("id", "COMPONENT_ID_DUPLICATED"), ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED")):
        if twice := _twice(each.get(key) for each in found):
            yield Breach(("components",), code, f"Component {key} cannot be duplicated: {twice}")


def _twice(values: Iterable[Any]) -> Any:
    """Return a value that is there twice, or None."""
    seen = set()
    for each in values:
        if each in seen:
            return each
        seen.update([each] if each else [])
    return None


def _attached(message: Json) -> Iterator[Breach]:
    """Require what is shown of files to be attached: reference#uploading-files."""
    names = {each.get("filename") for each in message.get("attachments") or []}
    for each in walk(message.get("components") or []):
        media = [each.get("file"), each.get("media"), *(item.get("media") for item in each.get("items") or [])]
        for url in (one["url"] for one in media if one):
            if url.startswith("attachment://") and url.removeprefix("attachment://") not in names:
                yield Breach(("components",), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"No {url}")


def _names_or_kinds(mentions: Json) -> Iterator[Breach]:
    for kind in ("users", "roles"):
        if kind in (mentions.get("parse") or []) and mentions.get(kind):
            said = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Breach(("parse",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", said)


def nonce(value: Any, way: Way) -> Iterator[Breach]:
    """Require a number or a text of at most 25 characters: resources/message#create-message."""
    yield from text(0, 25)(str(value), way)


# resources/message#allowed-mentions-object
MENTIONS = shape(
    {
        "parse?": many(one_of("roles", "users", "everyone"), 0, 3),
        "roles?": many(snowflake, 0, 100),
        "users?": many(snowflake, 0, 100),
        "replied_user?": flag,
    },
    _names_or_kinds,
)
LARGEST_FILE, MOST_FILES = 10 * 2**20, 10
"""Bytes of a file, and files of a message: reference#uploading-files."""
# resources/message#attachment-object
ATTACHMENT = shape({"id": snowflake, "filename?": text(1, 1024), "description?": ALT})


def message(*flags: int) -> Rule:
    """Return the rule for a message that can have these flags: resources/message#create-message."""
    return shape(
        {
            "content?": text(0, 2000),
            "components?": many(anything, 0, COMPONENTS),
            "nonce?": nonce,
            "enforce_nonce?": flag,
            "tts?": flag,
            "embeds?": many(anything, 0, 10),
            "sticker_ids?": many(snowflake, 0, 3),
            "allowed_mentions?": MENTIONS,
            "attachments?": many(ATTACHMENT, 0, MOST_FILES),
            "flags?": bits(*flags),
        },
        _layout,
        _in_all,
        _attached,
    )


POSTED = message(SUPPRESS_EMBEDS, SILENT, V2)  # resources/message#create-message
ANSWERED = message(SUPPRESS_EMBEDS, EPHEMERAL, SILENT, V2)  # interactions/receiving-and-responding, "Messages"


# ---- modals: interactions/receiving-and-responding, "Modal"


def _asks(modal: Json) -> Iterator[Breach]:
    """Hold what a modal asks to what there is in modals: the notes under components/reference#string-select."""
    for each in walk(modal["components"]):
        if each.get("disabled"):
            yield Breach(("components",), "COMPONENT_DISABLED_IN_MODAL", "Modals cannot have disabled components")
        if each.get("min_values") == 0 and each.get("required") is not False:
            yield Breach(("components",), "NUMBER_TYPE_MIN", "min_values is at least 1 where something is required")


# components/reference#label-label-structure
QUESTION = shape({**ID, "label": text(1, 45), "description?": text(0, 100), "component": by("type", ASKED)})
MODAL = shape(
    {
        "custom_id": text(1, 100),
        "title": text(1, 45),
        # Action rows are let out: they are deprecated there.
        "components": many(by("type", {LABEL: QUESTION, **TEXTS}), 1, 5),
    },
    _asks,
    _in_all,
)
