"""Schools and who works in them."""

from schools.models.at_school import ECTAtSchool, MentorAtSchool
from schools.models.induction_tutor import InductionTutor
from schools.models.school import School
from schools.models.teacher import Teacher

__all__ = ["ECTAtSchool", "InductionTutor", "MentorAtSchool", "School", "Teacher"]
