"""The demo's schools, one file each."""

from mentors.demo.schools.argyle import ARGYLE
from mentors.demo.schools.beckford import BECKFORD
from mentors.demo.schools.brecknock import BRECKNOCK
from mentors.demo.schools.brookfield import BROOKFIELD
from mentors.demo.schools.edith_neville import EDITH_NEVILLE
from mentors.demo.schools.fleet import FLEET
from mentors.demo.schools.hawley import HAWLEY
from mentors.demo.schools.netley import NETLEY
from mentors.demo.schools.plymouth import PLYMOUTH
from mentors.demo.tables import DemoSchool

SCHOOLS: tuple[DemoSchool, ...] = (
    PLYMOUTH,
    ARGYLE,
    BECKFORD,
    BRECKNOCK,
    BROOKFIELD,
    EDITH_NEVILLE,
    FLEET,
    HAWLEY,
    NETLEY,
)
