"""Mentorships, leavings, status policies, and the draft answers of journeys."""

from mentors.models.draft_answers import DraftAnswers
from mentors.models.mentorship import Leaving, Mentorship
from mentors.models.provider_mentorship import ProviderMentorship
from mentors.models.status_policy import StatusPolicy

__all__ = ["DraftAnswers", "Leaving", "Mentorship", "ProviderMentorship", "StatusPolicy"]
