"""Lead providers and what they report."""

from declarations.models.api_token import ApiToken
from declarations.models.api_use import PageMark, RequestWindow
from declarations.models.declaration import Declaration
from declarations.models.partnership import SchoolPartnership, SchoolYear
from declarations.models.provider import Cohort, DeliveryPartner, LeadProvider
from declarations.models.recorded_completion import RecordedCompletion
from declarations.models.state_change import DeclarationStateChange
from declarations.models.training_period import TrainingPeriod

__all__ = [
    "ApiToken",
    "Cohort",
    "Declaration",
    "DeclarationStateChange",
    "DeliveryPartner",
    "LeadProvider",
    "PageMark",
    "RecordedCompletion",
    "RequestWindow",
    "SchoolPartnership",
    "SchoolYear",
    "TrainingPeriod",
]
