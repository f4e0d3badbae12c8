"""The pages on which an induction tutor adds a mentor or an ECT: one set for both roles."""
