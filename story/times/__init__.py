"""Times as people write them, what repeats, and time zones."""
