"""The uploads of declarations and of what they rest on."""

from core.uploads import UploadMixin, upload_hint
from declarations.imports import completions, declarations


class DeclarationUpload(UploadMixin):
    """Imports declarations of any providers, judged as if the provider submitted them now."""

    import_file = staticmethod(declarations.import_declarations)
    upload_hint = upload_hint(
        declarations.COLUMNS,
        "provider is the name of a lead provider. Leave participant_id empty to give trn instead.",
    )


class CompletionUpload(UploadMixin):
    """Imports early roll-out completions, and training started and not completed."""

    import_file = staticmethod(completions.import_completions)
    upload_hint = upload_hint(
        completions.COLUMNS, "kind is early_roll_out or started_not_completed."
    )
