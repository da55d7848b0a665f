"""The local mailbox, where no mail server is configured."""
