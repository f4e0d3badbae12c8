"""Merging two records of one teacher: what it would change, what is in the way, and the merge."""
