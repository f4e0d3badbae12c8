"""The status of mentor training: what schools read, and why."""
