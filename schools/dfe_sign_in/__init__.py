"""Signing in by DfE Sign-in. It is on this floor as it appoints induction tutors of schools."""
