"""Commands that change records: in history and trail by their name, without each remembering it."""

from typing import Any

import pghistory
from django.core.management.base import BaseCommand

from accounts.trail.changes import changes_of
from accounts.trail.lines import one_request, record, request_id


class RecordedCommand(BaseCommand):
    """What every command of ours extends that may change a record."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run, and write to the trail what was changed, or that it failed.

        One that another command or a request calls is part of that.
        """
        if request_id():
            return super().execute(*args, **options)
        name = type(self).__module__.rpartition(".")[2]
        with one_request() as run, pghistory.context(command=name, request=run) as context:
            try:
                said = super().execute(*args, **options)
            except BaseException:
                record("command failed", user=None, command=name)
                raise
            changes = [change.as_line() for change in changes_of(context.id)]
            record("command ran", user=None, command=name, changes=changes)
            return said
