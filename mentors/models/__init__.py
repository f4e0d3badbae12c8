"""Mentoring, and which policy decides what schools read about mentor training."""

from mentors.models.mentorship import Mentorship
from mentors.models.status_policy import StatusPolicy

__all__ = ["Mentorship", "StatusPolicy"]
