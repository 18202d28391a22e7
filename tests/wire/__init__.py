"""A Discord on the wire: as much of its REST and gateway as the bot uses, in a process apart, and runs against it."""
