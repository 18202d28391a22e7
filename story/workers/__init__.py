"""Long work away from the event loop: in fair turns, with a time limit, in processes that can be stopped."""
