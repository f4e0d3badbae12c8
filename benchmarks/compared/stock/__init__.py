"""Stock: the four pages as Django is plainly written, on the service's models."""
