"""What the database refuses, floor by floor: each case is wrong SQL and the nearest right SQL."""
