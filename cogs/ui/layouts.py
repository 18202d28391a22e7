"""Lays out what members see, as Components V2 messages.

Layouts hold plain buttons, whose presses are found by their custom_id (see `cogs.core.components`). So a layout waits
for no press: each is stopped when it is made, and discord.py forgets it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import discord
from discord import ui

from cogs.ui import texts
from cogs.ui.circles import circle
from cogs.ui.split import ELLIPSIS, MESSAGE, Room, fitted, split
from story.errors import TheEnd
from story.importing.limits import MOST_CHOICES
from story.rules.ballot import Ballot
from story.rules.options import Option
from story.rules.page import Ended, Lobby, Page
from story.rules.session_date import SessionDate
from story.rules.steps import Kind, State
from story.services.library import Title

FOOT = Room(1300, 3300)
"""Room kept free under a section for its progress, its ballot's question and the outcome."""
ABOVE_FOOT = Room(MESSAGE.chars - FOOT.chars, MESSAGE.bytes - FOOT.bytes)
COMPONENTS = 38
"""How many components a message has room for: 40, less what a session adds under a section."""
PAGE = 3500
"""How many characters a page of a private list has."""
PARTS, MOST_PARTS = 64, 1024
"""How many marks the first parts of a step have, and all: more than any section has parts. Discord's ids are lower."""
FURTHER = 2**29
"""The first of the marks for the further parts of steps."""
FOOT_ID = 63
"""The id of the text under a section: below those of the parts, above Discord's own."""
ROW = 5
"""How many buttons a row has room for."""
MOST_OPTIONS = 25
"""How many options a select has room for."""

Row = ui.ActionRow[Any]
Box = ui.Container[Any]


def mark(n: int, part: int) -> int:
    """Return the id of the container of a step's part, by which it is found in its channel's history.

    Discord takes ids of 32 bits; the upper half is for deliveries that are not steps.
    """
    return (n * PARTS + part) % FURTHER if part < PARTS else FURTHER + (n * MOST_PARTS + part) % FURTHER


def delivery_mark(delivery: int) -> int:
    """Return the id of the first component of a delivery that is no step: above all marks of steps."""
    return 2**30 + delivery % 2**30


def step_of(message: discord.Message) -> int | None:
    """Return the step that a message shows or is a part of, or None if it carries no mark."""
    marked: int | None = getattr(message.components[0], "id", None) if message.components else None
    if marked is None or not PARTS <= marked < 2**30:
        return None
    return marked // PARTS if marked < FURTHER else (marked - FURTHER) // MOST_PARTS


def page(shown: Page, *, moved: bool = False) -> list[ui.LayoutView]:
    """Lay out a page in as many messages as its section needs, with the buttons under the last one.

    `moved` is for where it stood before it was posted again further down, without buttons.
    """
    found = [lay_out(*group) for group in pack(_boxes(shown, moved=moved))]
    for part, layout in enumerate(found):
        layout.children[0].id = mark(shown.step.n, part)
    return found


def ballot(shown: Page, member: int) -> ui.LayoutView:
    """Lay out the ballot under a page for one member: the options, and their vote."""
    if shown.ballot is None:
        return notice(texts.refusal(TheEnd()))
    yours = texts.your_vote(shown.ballot, shown.ballot.presses.of(member))
    told = texts.told_by_whom(shown.story, [option.pov for option in shown.ballot.options])
    said = [texts.progress(shown), *told, texts.question(shown.ballot), yours]
    lines: ui.TextDisplay[Any] = ui.TextDisplay("\n".join(said))
    return lay_out(box([lines, *rows(_ballot_buttons(shown, shown.ballot, closed=False))], None))


def notice(text: str, *buttons: ui.Button[Any]) -> ui.LayoutView:
    """Lay out a plain answer."""
    return lay_out(ui.TextDisplay(text), *rows(buttons))


def confirm(
    text: str, label: str, custom_id: str, *, keep: str = "button.keep_reading", back: str = "keep"
) -> ui.LayoutView:
    """Ask before something that is hard to undo.

    `keep` is the message id of the way out's label, and `back` the custom_id of where it leads.
    """
    buttons = button(label, custom_id, discord.ButtonStyle.danger), button(texts.t(keep), back)
    return lay_out(ui.TextDisplay(text), ui.ActionRow(*buttons))


def choice(custom_id: str, placeholder: str, options: Iterable[tuple[str, str]], *, chosen: str = "") -> ui.Select[Any]:
    """Make a select of values and their labels."""
    return ui.Select(
        custom_id=custom_id,
        placeholder=placeholder,
        options=[discord.SelectOption(label=label, value=value, default=value == chosen) for value, label in options],
    )


def ask_to_turn(here: str, reading: int) -> ui.LayoutView:
    """Ask the host whether to turn a page that so many still read; `here` has the reading and the step."""
    buttons = (
        button(texts.t("button.turn_now"), f"turn:{here}", discord.ButtonStyle.primary),
        button(texts.t("button.wait"), "keep"),
    )
    return lay_out(ui.TextDisplay(texts.t("turn.now.ask", n=reading)), ui.ActionRow(*buttons))


def picture(file: str, alt: str, caption: str, *buttons: ui.Button[Any]) -> ui.LayoutView:
    """Lay out a picture that is sent along as a file of that name; `alt` is its text for screen readers."""
    gallery = ui.MediaGallery[Any](discord.MediaGalleryItem(f"attachment://{file}", description=alt))
    return lay_out(gallery, ui.TextDisplay(caption), *rows(buttons))


def after_session(ended: Ended, date: SessionDate | None) -> list[ui.Button[Any]]:
    """Return the ways on from a session: read on, or at the end another story; and plan a date, if there is none."""
    finished = ended.page is not None and ended.page.at_end
    label = texts.t("button.another" if finished else "button.read_on")
    onward = button(label, "another" if finished else "onward", discord.ButtonStyle.primary)
    return [onward, *([] if date else [button(texts.t("button.schedule"), "schedule")])]


def another(stories: Sequence[Title]) -> ui.LayoutView:
    """Ask which story to begin, out of as many as a select has room for."""
    titles = [(each.id, each.title[:100]) for each in stories[:MOST_OPTIONS]]
    return lay_out(
        ui.TextDisplay(texts.t("story.another")), ui.ActionRow(choice("begin", texts.t("placeholder.value"), titles))
    )


def file(name: str, text: str) -> ui.LayoutView:
    """Lay out a file that is sent along under that name."""
    return lay_out(ui.TextDisplay(text), ui.File[Any](f"attachment://{name}"))


def pages(lines: Sequence[str], at: int, action: str, *more: ui.Button[Any], file: str = "") -> ui.LayoutView:
    """Lay out one page of a private list, with buttons to the pages around it, and more beside them.

    A `file` of that name is sent along with each.
    """
    found = _paginate(lines)
    at = min(at, len(found) - 1)
    buttons = []
    if at > 0:
        buttons.append(button(texts.t("button.page.earlier"), f"{action}:{at - 1}"))
    if at + 1 < len(found):
        buttons.append(button(texts.t("button.page.later"), f"{action}:{at + 1}"))
    attached = [ui.File[Any](f"attachment://{file}")] if file else []
    return lay_out(ui.TextDisplay(found[at]), *attached, *rows([*buttons, *more]))


# ---- the boxes of a page


def _boxes(shown: Page, *, moved: bool) -> list[Box]:
    """Return a page's containers in order, each fit for a message."""
    boxes: list[Box] = []
    if shown.step.kind in {Kind.START, Kind.RESTART}:
        boxes.append(box([ui.TextDisplay(texts.opening(shown.story))], None))
    foot = _foot(shown, moved=moved)
    boxes += _told(shown, foot) if shown.step.scene else [box([ui.TextDisplay(_line(shown)), *foot], None)]
    if shown.at_end and shown.ballot is None:
        boxes.append(box(_closing(shown), None))
    return boxes


def _line(shown: Page) -> str:
    return texts.taken_back(shown) if shown.step.kind is Kind.BACK else texts.begun(shown)


def parts(shown: Page) -> list[str]:
    """Return the text of a page's section in the parts it is posted in; they are remembered."""
    if shown.telling is None:
        return []
    scene, section = shown.telling
    room = ABOVE_FOOT.minus(texts.section_head(shown, scene, section, 1, 99)).minus("\n")
    return split(section.text, room, room)


def _told(shown: Page, foot: Sequence[ui.Item[Any]]) -> list[Box]:
    """Return a section in as many parts as it needs."""
    telling = shown.telling
    if telling is None:
        return [box([ui.TextDisplay(texts.section_gone()), *foot], None)]
    scene, section = telling
    told = parts(shown)
    boxes = []
    for number, text in enumerate(told, 1):
        head = texts.section_head(shown, scene, section, number, len(told))
        under = foot if number == len(told) else []
        boxes.append(box([ui.TextDisplay(head), ui.TextDisplay(text), *under], section.pov.colour))
    return boxes


def _foot(shown: Page, *, moved: bool = False) -> list[ui.Item[Any]]:
    """Return what stands under a page: the progress, and the ballot or its outcome."""
    items: list[ui.Item[Any]] = [ui.Separator()] if shown.step.scene else []
    text = foot_text(shown, moved=moved)
    if text:
        items.append(ui.TextDisplay(text, id=FOOT_ID))
    closed = moved or shown.closed_by is not None
    buttons = _ballot_buttons(shown, shown.ballot, closed=closed) if shown.ballot else []
    return [*items, *rows([*buttons, *([] if moved else translation_button(shown))])]


def translation_button(shown: Page) -> list[ui.Button[Any]]:
    """Return the button to a page's section in other languages, if there are any."""
    found, here = shown.translations, f"translation:{shown.reading.id}:{shown.step.n}"
    return [button(texts.translations_label(found), here)] if found else []


def foot_text(shown: Page, *, moved: bool = False) -> str:
    """Return the text under a page; nothing under one without a scene and a ballot."""
    lines = [texts.progress(shown)] if shown.step.scene else []
    if moved:
        lines.append(texts.moved())
    elif shown.closed_by:
        lines.append(texts.outcome(shown, shown.closed_by))
    elif shown.reading.state is State.ASIDE:
        lines.append(texts.set_aside())
    elif shown.reading.held:
        lines.append(texts.on_hold())
    elif shown.ballot:
        lines.append(texts.question(shown.ballot))
    elif shown.lost:
        lines.append(texts.t("where.lost"))
    return fitted("\n".join(lines), FOOT)


def ballot_labels(shown: Page, open_ballot: Ballot, *, closed: bool = False) -> dict[str, str]:
    """Return the buttons of a ballot, custom_id and label."""
    here = f"{shown.reading.id}:{shown.step.n}"
    # If ways lead to scenes with several POVs, there can be more; `/pov` reaches the rest.
    options = open_ballot.options[:MOST_CHOICES] if open_ballot.is_choice else ()
    votes = Counter[str]() if open_ballot.hides_votes and not closed else open_ballot.tally
    labels = {f"vote:{here}:{each.id}": texts.vote_label(_marked(shown, each), votes[each.id]) for each in options}
    if open_ballot.attendance or not open_ballot.serial:
        labels[f"next:{here}"] = texts.t(texts.next_label(open_ballot))
    return labels


def _marked(shown: Page, option: Option) -> str:
    """Return an option's label after the circle of its POV; in plain speech without."""
    mark = "" if texts.current_locale().plain else circle(shown.story, option.pov)
    return f"{mark} {option.label}" if mark else option.label


def _ballot_buttons(shown: Page, open_ballot: Ballot, *, closed: bool) -> list[ui.Button[Any]]:
    return [
        button(
            label,
            custom_id,
            discord.ButtonStyle.primary if custom_id.startswith("next:") else discord.ButtonStyle.secondary,
            disabled=closed,
        )
        for custom_id, label in ballot_labels(shown, open_ballot, closed=closed).items()
    ]


def lobby(shown: Lobby) -> ui.LayoutView:
    """Lay out the card of a session: what it reads, who is in it, and the way in and out."""
    here = shown.session.id
    if shown.session.ended_at:
        return lay_out(box([ui.TextDisplay(texts.lobby(shown))], None))
    buttons = [
        button(texts.t("button.join"), f"join:{here}", discord.ButtonStyle.success),
        button(texts.t("button.leave"), f"leave:{here}"),
    ]
    if shown.session.began_at is None:
        buttons.append(button(texts.t("button.begin"), f"begin:{here}", discord.ButtonStyle.primary))
    if shown.page:
        buttons.append(button(texts.t("button.missed"), f"catchup:{shown.page.reading.id}"))
    return lay_out(box([ui.TextDisplay(texts.lobby(shown)), *rows(buttons)], None))


def _closing(shown: Page) -> list[ui.Item[Any]]:
    here = f"{shown.reading.id}:{shown.step.n}"
    closed = shown.closed_by is not None
    return [
        ui.TextDisplay(texts.closing(shown, len({step.section_id for step in shown.place.path}))),
        ui.ActionRow(
            button(texts.t("button.again"), f"again:{here}", discord.ButtonStyle.primary, disabled=closed),
            button(texts.t("button.another"), "another", disabled=closed),
            button(texts.t("button.povs"), f"eyes:{shown.reading.id}", disabled=closed),
        ),
    ]


# ---- pieces


def pack(boxes: list[Box]) -> list[list[Box]]:
    """Pack boxes into as few messages as possible, in order."""
    groups: list[list[Box]] = []
    for box in boxes:
        if groups and _fits([*groups[-1], box]):
            groups[-1].append(box)
        else:
            groups.append([box])
    return groups


def _fits(boxes: list[Box]) -> bool:
    """Whether boxes fit into one message with any text under them: votes and the clock must not split it later."""
    items = [item for box in boxes for item in box.walk_children()]
    text = "".join(item.content for item in items if isinstance(item, ui.TextDisplay))
    return ABOVE_FOOT.holds(text) and len(items) + len(boxes) <= COMPONENTS


def lay_out(*items: ui.Item[Any]) -> ui.LayoutView:
    """Lay out items one below another; in plain speech without boxes. More text than Discord takes is cut."""
    layout = ui.LayoutView(timeout=None)
    for item in _plain(items) if texts.current_locale().plain else items:
        layout.add_item(item)
    _fit(layout)
    layout.stop()
    return layout


def _fit(layout: ui.LayoutView) -> None:
    """Cut short the texts that a message has no room for; those below have room for an ellipsis each."""
    found = [item for item in layout.walk_children() if isinstance(item, ui.TextDisplay)]
    room = MESSAGE.minus(ELLIPSIS * len(found))
    for item in found:
        item.content = fitted(item.content, room.plus(ELLIPSIS))
        room = room.plus(ELLIPSIS).minus(item.content)


def components(shown: ui.LayoutView) -> list[dict[str, Any]]:
    """Return a layout as Discord's JSON."""
    found: list[dict[str, Any]] = shown.to_components()  # type: ignore[no-untyped-call] # discord.py has no types for it
    return found


def _plain(items: Sequence[ui.Item[Any]]) -> Iterator[ui.Item[Any]]:
    """Take items out of their boxes, and leave out what is only for the eye."""
    for item in items:
        within = item.children if isinstance(item, ui.Container) else [item]
        yield from (each for each in within if not isinstance(each, ui.Separator))


def box(items: Sequence[ui.Item[Any]], colour: int | None) -> Box:
    """Return items in a box with a stripe of a colour; plain speech drops the box."""
    return ui.Container(*items, accent_colour=colour)


def rows(buttons: Sequence[ui.Button[Any]]) -> list[Row]:
    """Return buttons in rows, each as full as Discord allows."""
    return [ui.ActionRow(*buttons[i : i + ROW]) for i in range(0, len(buttons), ROW)]


def button(
    label: str,
    custom_id: str,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    *,
    disabled: bool = False,
) -> ui.Button[Any]:
    """Make a button; its custom_id says what a press means."""
    return ui.Button(label=label, custom_id=custom_id, style=style, disabled=disabled)


def _paginate(lines: Sequence[str]) -> list[str]:
    """Join lines into pages of at most PAGE characters; a longer line is cut short."""
    found = [""]
    for line in lines:
        short = line if len(line) <= PAGE else line[: PAGE - 1] + "…"
        joined = f"{found[-1]}\n{short}" if found[-1] else short
        if Room(PAGE, MESSAGE.bytes).holds(joined):
            found[-1] = joined
        else:
            found.append(short)
    return found
