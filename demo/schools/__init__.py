"""The demo's schools, one file each."""

from demo.schools.argyle import ARGYLE
from demo.schools.beckford import BECKFORD
from demo.schools.brecknock import BRECKNOCK
from demo.schools.brookfield import BROOKFIELD
from demo.schools.edith_neville import EDITH_NEVILLE
from demo.schools.fleet import FLEET
from demo.schools.hawley import HAWLEY
from demo.schools.netley import NETLEY
from demo.schools.plymouth import PLYMOUTH
from demo.tables import DemoSchool

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
