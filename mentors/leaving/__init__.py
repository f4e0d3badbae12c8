"""Leaving a school, withdrawing that, and the end of induction, with what they cut short."""
