"""Discord's side: commands and buttons that call a service and show the answer."""
