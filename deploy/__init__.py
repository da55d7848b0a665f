"""Owns how Rapport is set up and run on one machine: engines, supervisor, command line."""
