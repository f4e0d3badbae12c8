"""Queries for the mentors and ECTs of a school, shared by its pages and journeys."""
