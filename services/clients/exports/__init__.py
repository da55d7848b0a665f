"""The client list as a file, filtered and sorted as it is on the screen."""
