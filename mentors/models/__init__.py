"""Mentoring, leaving, which policy decides what schools read, and journeys half done."""

from mentors.models.half_done_journey import HalfDoneJourney
from mentors.models.leaving import Leaving
from mentors.models.mentorship import Mentorship
from mentors.models.status_policy import StatusPolicy

__all__ = ["HalfDoneJourney", "Leaving", "Mentorship", "StatusPolicy"]
