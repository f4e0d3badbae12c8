"""What each page of a school shows, as plain data."""
