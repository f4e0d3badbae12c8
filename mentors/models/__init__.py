"""Mentoring, leaving, which policy decides what schools read, and journeys half done."""

from mentors.models.draft_answers import DraftAnswers
from mentors.models.mentorship import Leaving, Mentorship
from mentors.models.status_policy import StatusPolicy

__all__ = ["DraftAnswers", "Leaving", "Mentorship", "StatusPolicy"]
