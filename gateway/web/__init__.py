"""The built interface, served with the right headers."""
