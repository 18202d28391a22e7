"""Has a Python that starts with this folder on its path speak to the pretend Discord, if it has discord.py."""

import os
import runpy
from contextlib import suppress

with suppress(ImportError):
    runpy.run_path(os.environ["WIRE_CONNECT"])["connect"](os.environ["WIRE_API"])
