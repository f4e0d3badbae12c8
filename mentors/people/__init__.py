"""The people of a school as its pages list them."""
