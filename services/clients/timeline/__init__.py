"""Everything that happened with a client, whoever did it, in one order."""
