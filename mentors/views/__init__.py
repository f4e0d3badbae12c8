"""The pages of schools: each finds what the user may see, asks the rules once, and renders."""
