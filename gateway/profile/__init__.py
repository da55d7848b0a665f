"""Me: who I am, what I may do, my name, language and password."""
