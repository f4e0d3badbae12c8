"""Mentorships, leavings, status policies, and the draft answers of journeys."""

from mentors.models.draft_answers import DraftAnswers
from mentors.models.mentorship import Leaving, Mentorship
from mentors.models.status_policy import StatusPolicy

__all__ = ["DraftAnswers", "Leaving", "Mentorship", "StatusPolicy"]
