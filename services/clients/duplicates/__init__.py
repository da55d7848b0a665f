"""Finding the same organisation twice, before it is written twice."""
