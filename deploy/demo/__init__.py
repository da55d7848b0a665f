"""The demonstration: people of both sides, a few clients, a complaint; invented from end to end."""

from deploy.demo.loading import load
from deploy.demo.people import PASSWORD, PEOPLE

__all__ = ["PASSWORD", "PEOPLE", "load"]
