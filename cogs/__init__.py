"""Discord's side: commands and buttons that call the narrator and show the answer."""
