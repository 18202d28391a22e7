"""Keeps secrets out of the log: tokens of interactions, and what members and stories say."""

import logging
import re
from typing import TextIO

TALKATIVE = ("discord", "aiosqlite", "aiohttp", "markdown_it")
"""Loggers that at DEBUG say everything sent to Discord and to the database."""
_TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s'\"?]+")


class DiscreetHandler(logging.StreamHandler[TextIO]):
    """Writes the log to standard error, without the tokens of interactions, which are part of addresses."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as text."""
        return _TOKEN.sub(r"\1***", super().format(record))


def keep_quiet() -> None:
    """Keep the libraries at INFO or above, whatever the level."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.INFO)
