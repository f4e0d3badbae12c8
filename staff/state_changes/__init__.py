"""The pages on which staff move declarations to another state, one or many, and void them."""
