"""The journeys that add a mentor or an ECT to a school."""
