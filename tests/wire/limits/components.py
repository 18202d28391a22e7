"""The components of messages and modals, each with its fields and what can be in it: components/reference."""

from collections.abc import Iterator

from tests.wire.judge import (
    Breach,
    Json,
    Rule,
    by,
    flag,
    many,
    missing,
    needs,
    never,
    not_over,
    number,
    one_of,
    shape,
    snowflake,
    text,
    unlike,
)

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR = 9, 10, 11, 12, 13, 14
CONTAINER, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 17, 18, 19, 21, 22, 23
SELECTS = {STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT}
LINK, PREMIUM = 5, 6
ROW = 5
CHANNEL_TYPES = (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)  # resources/channel#channel-object-channel-types
ID: dict[str, Rule] = {"id?": number(0, 2**31 - 1)}  # components/reference#anatomy-of-a-component
CUSTOM: dict[str, Rule] = {**ID, "custom_id": text(1, 100)}  # components/reference#anatomy-of-a-component-custom-id
EMOJI = shape({"id?": snowflake, "name?": text(1, 100), "animated?": flag})  # resources/emoji#emoji-object


def _says_something(button: Json) -> Iterator[Breach]:
    if not (button.get("label") or "").strip() and not button.get("emoji"):
        yield missing("label")


# components/reference#button-button-structure
OF_BUTTON: dict[str, Rule] = {
    **ID,
    "label?": text(0, 80),
    "emoji?": EMOJI,
    "custom_id?": text(1, 100),
    "url?": text(1, 512, r"(https?|discord)://\S+"),
    "sku_id?": snowflake,
    "disabled?": flag,
}
PRESSED = shape(OF_BUTTON, needs("custom_id"), never("url", "sku_id"), _says_something)
# components/reference#button-button-styles
BUTTONS = by(
    "style",
    {
        **dict.fromkeys((1, 2, 3, 4), PRESSED),
        LINK: shape(OF_BUTTON, needs("url"), never("custom_id", "sku_id"), _says_something),
        PREMIUM: shape(OF_BUTTON, needs("sku_id"), never("custom_id", "label", "url", "emoji")),
    },
)


def _defaults_fit(select: Json) -> Iterator[Breach]:
    chosen = [each for each in select.get("options") or [] if each.get("default")]
    if len(chosen) > (select.get("max_values") or 1):
        yield Breach(("options",), "BASE_TYPE_BAD_LENGTH", "More defaults than can be chosen.")
    given = select.get("default_values")
    if given and not (select.get("min_values") or 0) <= len(given) <= (select.get("max_values") or 1):
        yield Breach(("default_values",), "BASE_TYPE_BAD_LENGTH", "Not as many defaults as can be chosen.")


# components/reference#string-select-select-option-structure
OPTION = shape(
    {"label": text(1, 100), "value": text(1, 100), "description?": text(0, 100), "emoji?": EMOJI, "default?": flag}
)
# components/reference#user-select-select-default-value-structure
DEFAULT = shape({"id": snowflake, "type": one_of("user", "role", "channel")})


def select(more: dict[str, Rule]) -> Rule:
    """Return the rule for a kind of select, with what it has besides: components/reference#user-select."""
    fields = {
        "placeholder?": text(0, 150),
        "min_values?": number(0, 25),
        "max_values?": number(1, 25),
        "required?": flag,
        "disabled?": flag,
    }
    laws = (
        not_over("min_values", "max_values", 1, 1),
        unlike("options", "value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
    )
    return shape({**CUSTOM, **fields, **more}, *laws, _defaults_fit)


DEFAULTS = many(DEFAULT, 0, 25)
CHOSEN: dict[int, Rule] = {
    STRING_SELECT: select({"options": many(OPTION, 1, 25)}),  # components/reference#string-select
    **dict.fromkeys((USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT), select({"default_values?": DEFAULTS})),
    # components/reference#channel-select
    CHANNEL_SELECT: select({"default_values?": DEFAULTS, "channel_types?": many(one_of(*CHANNEL_TYPES), 0, 25)}),
}


def _fills_its_row(row: Json) -> Iterator[Breach]:
    width = sum(ROW if each["type"] in SELECTS else 1 for each in row["components"])
    if width > ROW:
        said = "The specified component exceeds the maximum width"
        yield Breach(("components",), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", said)


ALT = text(0, 1024)
MEDIA = shape({"url": text(1, 2048, r"(https?|attachment)://\S+")})  # components/reference#unfurled-media-item
PICTURE: dict[str, Rule] = {"media": MEDIA, "description?": ALT, "spoiler?": flag}
ATTACHED = shape({"url": text(1, 2048, r"attachment://\S+")})  # components/reference#file-file-structure
TEXTS: dict[int, Rule] = {TEXT_DISPLAY: shape({**ID, "content": text(1, 4000)})}  # components/reference#text-display
# components/reference#section-section-accessory-components, components/reference#thumbnail-thumbnail-structure
BESIDE = by("type", {BUTTON: BUTTONS, THUMBNAIL: shape({**ID, **PICTURE})})
# components/reference#container-container-child-components
WITHIN: dict[int, Rule] = {
    **TEXTS,
    # components/reference#action-row-action-row-child-components
    ACTION_ROW: shape({**ID, "components": many(by("type", {BUTTON: BUTTONS, **CHOSEN}), 1, ROW)}, _fills_its_row),
    SECTION: shape({**ID, "components": many(by("type", TEXTS), 1, 3), "accessory": BESIDE}),  # …#section
    GALLERY: shape({**ID, "items": many(shape(PICTURE), 1, 10)}),  # components/reference#media-gallery
    FILE: shape({**ID, "file": ATTACHED, "spoiler?": flag}),  # components/reference#file
    SEPARATOR: shape({**ID, "divider?": flag, "spacing?": one_of(1, 2)}),  # components/reference#separator
}
COMPONENTS, LEGACY_ROWS = 40, 5
# components/reference#container-container-structure
BOX = shape(
    {
        **ID,
        "components": many(by("type", WITHIN), 1, COMPONENTS),
        "accent_color?": number(0, 0xFFFFFF),
        "spoiler?": flag,
    }
)

# ---- in modals

# components/reference#text-input-text-input-structure
TYPED = shape(
    {
        **CUSTOM,
        "style": one_of(1, 2),
        "min_length?": number(0, 4000),
        "max_length?": number(1, 4000),
        "required?": flag,
        "value?": text(0, 4000),
        "placeholder?": text(0, 100),
    },
    not_over("min_length", "max_length", 0, 4000),
)
VALUES: dict[str, Rule] = {"min_values?": number(0, 10), "max_values?": number(1, 10), "required?": flag}
# components/reference#label-label-child-components
ASKED: dict[int, Rule] = {
    TEXT_INPUT: TYPED,
    **CHOSEN,
    FILE_UPLOAD: shape({**CUSTOM, **VALUES}, not_over("min_values", "max_values", 1, 1)),  # …#file-upload
    RADIO_GROUP: shape({**CUSTOM, "options": many(OPTION, 2, 10), "required?": flag}),  # …#radio-group
    CHECKBOX_GROUP: shape({**CUSTOM, **VALUES, "options": many(OPTION, 1, 10)}),  # …#checkbox-group
    CHECKBOX: shape({**CUSTOM, "default?": flag}),  # …#checkbox
}
