"""Public events, one file per publisher. The only place in shared/ with domain nouns."""
