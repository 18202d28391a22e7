"""How the bot talks to Discord: deliveries, schedule, components, responses, permissions."""
