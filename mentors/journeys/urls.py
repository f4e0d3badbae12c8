"""The addresses of all journeys."""

from mentors.journeys import tutors
from mentors.journeys.adding import ADD_ECT, ADD_MENTOR
from mentors.journeys.details import CHANGE_DETAILS
from mentors.journeys.engine import urls
from mentors.journeys.leaving import LEAVING, STAYING
from mentors.journeys.pairing import ASSIGN, CHANGE_MENTOR

urlpatterns = [
    *tutors.urlpatterns,
    *urls(
        tutors.NAME_TUTOR,
        tutors.TUTOR_LAST_DAY,
        ADD_MENTOR,
        ADD_ECT,
        ASSIGN,
        CHANGE_MENTOR,
        *CHANGE_DETAILS,
        *LEAVING,
        *STAYING,
    ),
]
