"""Live updates: thin notifications of what the caller may see."""
