"""What the registry knows of the firm's people, by event."""
