"""The journeys that pair a mentor and an ECT, from the page of either."""
