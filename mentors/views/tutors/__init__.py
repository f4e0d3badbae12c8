"""The pages on which induction tutors name each other, and record that one of them leaves."""
