"""The demo's schools with their people, a file for each school or each pair of schools."""

from demo.schools.argyle import ARGYLE
from demo.schools.beckford import BECKFORD
from demo.schools.brecknock import BRECKNOCK
from demo.schools.brookfield import BROOKFIELD
from demo.schools.edith_neville import EDITH_NEVILLE
from demo.schools.fleet import FLEET
from demo.schools.hawley_and_netley import HAWLEY, NETLEY
from demo.schools.plymouth import PLYMOUTH
from demo.schools.this_year import (
    HARBOUR,
    NEW_END,
    PRIMROSE_HILL,
    RHYL,
    RICHARD_COBDEN,
    TORRIANO,
)
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
    NEW_END,
    PRIMROSE_HILL,
    RHYL,
    RICHARD_COBDEN,
    TORRIANO,
    HARBOUR,
)
