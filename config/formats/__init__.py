"""How admin shows days and moments."""
