"""Two records of one organisation become one, and can be made two again."""
