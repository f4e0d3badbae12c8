"""Lead providers and what they report."""

from declarations.models.api import ApiToken, PageCursor, RequestWindow
from declarations.models.completion_notice import CompletionNotice
from declarations.models.declaration import Declaration, RecordedCompletion
from declarations.models.declaration_count import DeclarationCount
from declarations.models.participation import Participation
from declarations.models.partnership import SchoolPartnership, SchoolYear
from declarations.models.provider import (
    Cohort,
    DeliveryPartner,
    LeadProvider,
    LeadProviderDeliveryPartnership,
)
from declarations.models.shared_declaration import SharedDeclaration
from declarations.models.state_log import DeclarationStateChange
from declarations.models.state_move import StateMove, StateMoveItem
from declarations.models.training_period import Course, TrainingPeriod

__all__ = [
    "ApiToken",
    "Cohort",
    "CompletionNotice",
    "Course",
    "Declaration",
    "DeclarationCount",
    "DeclarationStateChange",
    "DeliveryPartner",
    "LeadProvider",
    "LeadProviderDeliveryPartnership",
    "PageCursor",
    "Participation",
    "RecordedCompletion",
    "RequestWindow",
    "SchoolPartnership",
    "SchoolYear",
    "SharedDeclaration",
    "StateMove",
    "StateMoveItem",
    "TrainingPeriod",
]
