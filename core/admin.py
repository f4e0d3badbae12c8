"""Emails as DfE staff see them: when each kind went out, or why it did not. No address is shown."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

from core.admin_bases import ReadOnlyAdmin
from core.models import OutgoingEmail

# The queue's own table says nothing that OutgoingEmail does not.
admin.site.unregister(ProcrastinateJob)


@admin.register(OutgoingEmail)
class OutgoingEmailAdmin(ReadOnlyAdmin):
    """Those that were given up are found by the filter "state"."""

    list_display = (
        "kind",
        "state",
        "queued_at",
        "finished_at",
        "attempts",
        "status_code",
        "failure",
        "template",
        "user_id",
    )
    list_filter = ("state", "kind", "failure")
    ordering = ("-id",)
    sortable_by = ()
    fields = ("pk", *list_display, "send_before", "next_try_at")
    readonly_fields = ("pk",)
