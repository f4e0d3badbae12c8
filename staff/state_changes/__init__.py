"""Staff move the states of declarations, one or many, and void them."""
