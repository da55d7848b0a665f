"""People who can sign in, of both sides, and which client they belong to."""
