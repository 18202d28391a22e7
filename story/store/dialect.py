"""What differs between databases: types, identity, and who is nobody. All other SQL is written once, for every one."""

import re

TYPES = {
    "IDENTITY": "INTEGER PRIMARY KEY AUTOINCREMENT",  # never used again: buttons on old messages carry it
    "SNOWFLAKE": "INTEGER",  # 64 bits in SQLite, whatever it is called
    "INSTANT": "REAL",
    "FLAG": "INTEGER",
}
"""The types of the migrations, and what SQLite calls them."""
NOBODY = "-abs(random() % 1000000000000000) - 1"
"""An expression for a number that is no member's, another for each row."""
MAX_INTEGER = 2**63 - 1


def schema(script: str) -> str:
    """Return a migration's script with its types as the database calls them."""
    return re.sub("|".join(rf"\b{name}\b" for name in TYPES), lambda found: TYPES[found[0]], script)
