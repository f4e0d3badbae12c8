"""What the shell shows on a school's pages: the service navigation, and which school this is."""

from django.urls import reverse

from schools.models import ECTAtSchool, InductionTutor, MentorAtSchool, School

SECTIONS = {"school-home": "Home", "ects": "Early career teachers", "mentors": "Mentors"}


def shell(
    found: School | MentorAtSchool | ECTAtSchool | InductionTutor, section: str
) -> dict[str, object]:
    """The part of a page's context that the layout reads.

    `found` is the school, or somebody there, as schools/access.py finds it; `section` is the URL
    name of the item of the navigation that we are in.
    """
    school = found if isinstance(found, School) else found.school
    return {
        "navigation": navigation(school.urn, section),
        "in_school": {"name": school.name, "has_others": found.has_other_schools},
    }


def navigation(urn: int, section: str) -> list[dict[str, str | bool]]:
    """The items of the service navigation; `section` is the URL name of the one we are in."""
    return [
        {"text": text, "href": reverse(name, args=[urn]), "active": name == section}
        for name, text in SECTIONS.items()
    ]
