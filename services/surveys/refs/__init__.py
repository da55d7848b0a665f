"""What surveys know of people, clients, engagements and members, by event."""
