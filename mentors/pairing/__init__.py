"""Mentorships: reading them, finding who can be paired, and pairing a mentor with an ECT."""
