"""The journeys that change what a school keeps of one of its people."""
