"""Leaving a school and staying, and the end of induction: what ends with them."""
