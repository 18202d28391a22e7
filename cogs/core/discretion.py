"""Keeps out of the log what nobody is to read there: tokens of interactions, and what members and stories say."""

import logging
import re
from typing import TextIO

TALKATIVE = ("discord", "aiosqlite", "aiohttp", "markdown_it")
"""What says at DEBUG all that goes over the wire and into the database."""
_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s'\"?]+")


class DiscreetHandler(logging.StreamHandler[TextIO]):
    """Writes the log to standard error without the tokens of interactions, which stand in addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as it is written."""
        return _TOKEN.sub(r"\1***", super().format(record))


def keep_quiet() -> None:
    """Have the libraries say nothing below INFO, whatever the level is."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
