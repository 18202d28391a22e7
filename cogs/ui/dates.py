"""Lays out the card of a date, and the panel of alerts."""

from collections.abc import Container

import discord
from discord import ui

from cogs.ui import texts
from cogs.ui.layouts import box, button, lay_out, notice, rows
from story.rules.delivery import ALERTS, Direct
from story.rules.page import Planned
from story.rules.rsvp import Coming


def date_card(planned: Planned, *, event: bool = True) -> ui.LayoutView:
    """Lay out the card of a date, with what members can say to it; each button carries the time."""
    here = f"{planned.date.id}:{int(planned.date.at.timestamp())}"
    styles = {Coming.GOING: discord.ButtonStyle.success}
    buttons = [
        button(texts.rsvp_label(planned, says), f"rsvp:{here}:{says}", styles.get(says, discord.ButtonStyle.secondary))
        for says in Coming
    ]
    if not planned.reminded:
        buttons.append(button(texts.t("button.remind"), f"remind:{here}"))
    buttons.append(button(texts.t("button.calendar"), f"calendarfile:{planned.date.id}"))
    return lay_out(box([ui.TextDisplay(texts.date_card(planned, event=event)), *rows(buttons)], None))


def alerts(switched_on: Container[Direct]) -> ui.LayoutView:
    """Lay out the alerts of a member, with a button that switches each on or off."""
    buttons = [
        button(texts.alert_button(what, on=what not in switched_on), f"alert:{what}:{int(what not in switched_on)}")
        for what in ALERTS
    ]
    return notice(texts.alerts(switched_on), *buttons)
