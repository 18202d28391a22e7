"""Has discord.py speak to the pretend Discord; imports nothing of ours, since the stock bot runs on it, too."""

import discord
import yarl


def connect(api: str) -> None:
    """Have discord.py speak to the pretend Discord."""
    discord.http.Route.BASE = f"{api}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{api.replace('http', 'ws', 1)}/gateway")
