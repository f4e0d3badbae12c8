"""The journeys in which a mentor and an ECT are paired, from the page of either."""
