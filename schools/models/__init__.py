"""Schools, and the people who work in them."""

from schools.models.merge import FormerPublicId, TeacherMerge
from schools.models.school import InductionTutor, School, SchoolSuccession
from schools.models.teacher import (
    ECTAtSchool,
    MentorAtSchool,
    Person,
    PersonAtSchool,
    RoleModel,
    Teacher,
)

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
    "Teacher",
    "TeacherMerge",
]
