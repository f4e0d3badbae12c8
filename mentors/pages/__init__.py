"""The data of each page that schools read, as plain dataclasses."""
