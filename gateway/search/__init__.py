"""One search across services, over a projection of their events."""
