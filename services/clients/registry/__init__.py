"""Client organisations: the archive and its lifecycle."""
