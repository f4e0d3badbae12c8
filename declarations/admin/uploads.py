"""The uploads of declarations and of what they rest on."""

from django import forms

from core.uploads import UploadForm, UploadMixin, upload_hint
from declarations.imports import (
    completions,
    declarations,
    delivery_partners,
    past,
    school_years,
    training,
)
from declarations.models import DeliveryPartner, SchoolPartnership


class DeclarationUploadForm(UploadForm):
    """Asks, beside the file, whether schools are to hear of it."""

    options = ("tell_schools",)

    tell_schools = forms.BooleanField(
        label="Email schools about the completions in this file that are new", required=False
    )


class DeclarationUpload(UploadMixin):
    """Imports declarations of any providers, judged as if the provider submitted them now."""

    upload_form = DeclarationUploadForm
    import_file = staticmethod(declarations.import_declarations)
    upload_hint = upload_hint(
        declarations.COLUMNS,
        "provider is the name of a lead provider. Leave participant_id empty to give trn instead.",
        past.PAST_COLUMNS,
    )


class CompletionUpload(UploadMixin):
    """Imports early roll-out completions, and training started and not completed."""

    import_file = staticmethod(completions.import_completions)
    upload_hint = upload_hint(
        completions.COLUMNS,
        "kind is early_roll_out or started_not_completed.",
        completions.OPTIONAL,
    )


class DeliveryPartnerUpload(UploadMixin):
    """Imports which delivery partners work with which lead provider, in which cohort."""

    import_file = staticmethod(delivery_partners.import_delivery_partners)
    also_adds = (DeliveryPartner,)
    upload_hint = upload_hint(
        delivery_partners.COLUMNS.required,
        "cohort is the year in which it starts. A delivery partner without a record is added.",
        delivery_partners.COLUMNS.optional,
    )


class SchoolYearUpload(UploadMixin):
    """Imports schools' academic years and their partnerships."""

    import_file = staticmethod(school_years.import_school_years)
    also_adds = (SchoolPartnership,)
    upload_hint = upload_hint(
        school_years.COLUMNS.required,
        "programme is provider_led, school_led or not_decided; a row with a lead provider is a"
        " partnership.",
        school_years.COLUMNS.optional,
    )


class TrainingUpload(UploadMixin):
    """Imports the training of mentors and ECTs."""

    import_file = staticmethod(training.import_training)
    upload_hint = upload_hint(
        training.COLUMNS.required,
        "role is mentor or ect. docs/importing-people.md says what the columns mean.",
        training.COLUMNS.optional,
    )
