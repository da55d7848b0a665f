"""How a person comes in: a link by mail, good once."""
