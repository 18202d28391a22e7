"""How the bot talks to Discord: publisher, scheduler, components, responses, permissions."""
