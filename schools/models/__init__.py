"""Schools, the people who work in them, and the notes of staff on both."""

from schools.models.at_school import (
    ECTAtSchool,
    MentorAtSchool,
    Person,
    PersonAtSchool,
    RoleModel,
)
from schools.models.merge import FormerPublicId, TeacherMerge
from schools.models.note import StaffNote
from schools.models.school import InductionTutor, School, SchoolSuccession
from schools.models.teacher import Teacher

__all__ = [
    "ECTAtSchool",
    "FormerPublicId",
    "InductionTutor",
    "MentorAtSchool",
    "Person",
    "PersonAtSchool",
    "RoleModel",
    "School",
    "SchoolSuccession",
    "StaffNote",
    "Teacher",
    "TeacherMerge",
]
