"""What the registry knows of a client's answers to surveys, by event."""
