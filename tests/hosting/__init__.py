"""Each documented way to host the bot, from an empty folder to the bot ready on the pretend Discord."""
