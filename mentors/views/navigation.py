"""The service navigation of a school's pages."""

from django.urls import reverse

SECTIONS = {"school-home": "Home", "ects": "Early career teachers", "mentors": "Mentors"}


def navigation(urn: int, section: str) -> list[dict[str, str | bool]]:
    """The items of the service navigation; `section` is the URL name of the one we are in."""
    return [
        {"text": text, "href": reverse(name, args=[urn]), "active": name == section}
        for name, text in SECTIONS.items()
    ]
