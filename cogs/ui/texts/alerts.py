"""What members are told of votes in private, and the panel where they choose that."""

from collections.abc import Container

from cogs.ui.texts.facts import link
from cogs.ui.texts.pieces import heading, relative, title_of
from cogs.ui.texts.speech import t
from story.rules.delivery import ALERTS, Direct
from story.rules.page import Page


def alerts(switched_on: Container[Direct]) -> str:
    """List a member's alerts, and which are on."""
    lines = [
        f"- {t('alert.state', what=t(f'alert.{what}'), state=t('alert.on' if what in switched_on else 'alert.off'))}"
        for what in ALERTS
    ]
    return "\n".join([heading(t("alert.heading")), t("alert.introduction"), *lines])


def alert_button(what: Direct, *, on: bool) -> str:
    """Label the button that switches an alert on or off; `on` is what it does."""
    return t(f"button.alert.{what}.{'on' if on else 'off'}")


def direct_alert(page: Page, what: Direct) -> str:
    """Tell a member in private that it is their choice, or that a vote closes soon."""
    there = link(page.reading, page.step.message or 0)
    closes_at = page.ballot.closes_at if page.ballot else None
    if what is Direct.CLOSING and closes_at:
        return t("direct.closing", title=title_of(page.story), when=relative(closes_at), link=there)
    return t("direct.turn", title=title_of(page.story), link=there)
