"""What the registry knows of a client's engagements, by event."""
