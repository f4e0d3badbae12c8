"""What is open at a closed school moves to its successor, from the day after."""
