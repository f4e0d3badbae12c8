"""The status of mentor training: the facts, the policies, and what schools read."""
