"""What was answered: under a name, or anonymously and linked to nobody."""
