"""Lays out a page again after a press that changed only what stands under its section.

A vote changes two things in a message: the line under the ballot's question, and the labels of the buttons. The rest is
kept as Discord's JSON, so that a press costs no more than that.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from cogs.ui import layouts, texts
from story.rules.page import Page

MOST_KEPT = 1000
"""How many messages' JSON is kept."""

Json = dict[str, Any]
_kept: OrderedDict[Hashable, list[Json]] = OrderedDict()


def components(page: Page) -> list[Json]:
    """Return the components of an open page's last message, as Discord's JSON."""
    ballot = page.ballot
    if ballot is None or page.closed_by is not None:
        return layouts.components(layouts.page(page)[-1])
    sorts = (ballot.attendance is None, ballot.serial is None, *(option.id for option in ballot.options))
    key = (page.reading.id, page.step.n, id(page.story), texts.current_locale(), sorts)
    kept = _kept.get(key)
    if kept is None:
        kept = _kept[key] = layouts.components(layouts.page(page)[-1])
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return kept
    return _with_foot(kept, layouts.foot_text(page), layouts.ballot_labels(page, ballot))


def _with_foot(items: list[Json], foot: str, labels: dict[str, str]) -> list[Json]:
    """Return components with another text under the section and other labels on the buttons."""
    changed: list[Json] = []
    for item in items:
        if item.get("id") == layouts.FOOT_ID:
            changed.append({**item, "content": foot})
        elif "components" in item:
            changed.append({**item, "components": _with_foot(item["components"], foot, labels)})
        elif item.get("custom_id") in labels:
            changed.append({**item, "label": labels[item["custom_id"]]})
        else:
            changed.append(item)
    return changed
