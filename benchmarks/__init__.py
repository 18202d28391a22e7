"""How dear the bot is, beside a stock one that only answers: both as processes on the wire, in turn, in one run."""
