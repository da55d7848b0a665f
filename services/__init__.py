"""The services of Rapport, each with a database of its own."""
