"""The users of the demo."""

from accounts.models import User
from demo.schools import (
    ARGYLE,
    BECKFORD,
    BRECKNOCK,
    BROOKFIELD,
    EDITH_NEVILLE,
    FLEET,
    HARBOUR,
    HAWLEY,
    NETLEY,
    NEW_END,
    PLYMOUTH,
    PRIMROSE_HILL,
    RHYL,
    RICHARD_COBDEN,
    TORRIANO,
)
from demo.tables import DemoSchool, DemoUser


def _tutor(name: str, shows: str, *schools: DemoSchool) -> DemoUser:
    email = f"{name.lower().replace(' ', '.')}@{schools[0].email_domain}"
    return DemoUser(name, email, shows, tuple(school.urn for school in schools))


PEOPLE: tuple[DemoUser, ...] = (
    _tutor("Sarah Philips", "Plymouth Primary School, as in the pictures of the design", PLYMOUTH),
    _tutor("Grace Okafor", "Mentors who have not completed, paired and not paired", ARGYLE),
    _tutor("Tom Whitfield", "Mentors who have completed, and one who left since", BECKFORD),
    _tutor("Ruth Adeyemi", "Completions that were voided or clawed back", BRECKNOCK),
    _tutor("Simon Archer", "Mentors trained by others, or who completed elsewhere", BROOKFIELD),
    _tutor("Angela Frost", "Early roll-out, training not completed or deferred", EDITH_NEVILLE),
    _tutor("Wendy Carr", "ECTs without a mentor, completed, leaving and left", FLEET),
    _tutor("Helen Marsh", "Two schools, one of which trains without a provider", HAWLEY, NETLEY),
    _tutor(
        "Olivia Kent",
        "2026 to 2027: a school at each step of who trains its mentors, and one that closed",
        *(NEW_END, PRIMROSE_HILL, RHYL, RICHARD_COBDEN, TORRIANO, HARBOUR),
    ),
    DemoUser("Dana Field", "dana.field@dfe.example", "DfE staff: the admin of every record"),
)


def people_here() -> list[DemoUser]:
    """The demo users in this database who can sign in, in the order of PEOPLE."""
    users = User.objects.filter(is_active=True).in_bulk(
        [person.email for person in PEOPLE], field_name="email"
    )
    return [person for person in PEOPLE if person.email in users]
