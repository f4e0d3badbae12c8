"""The journeys in which a tutor changes the school's records, all declared for one engine."""
