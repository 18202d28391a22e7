"""Discord's shapes and limits: what each body has to have, and how much of it there can be.

Tables for `judge.py`. Each entry has its source: a page under docs.discord.com/developers, with the place on it.
"""
