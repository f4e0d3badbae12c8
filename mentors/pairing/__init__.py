"""Pairing a mentor with an ECT: who can be paired, from when, and who mentors whom."""
