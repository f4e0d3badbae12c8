"""All that is known of a teacher or a school, on one page of admin."""
