"""Invites a member of DfE staff to set up their sign-in."""

from argparse import ArgumentParser

from django.contrib.auth.models import Group
from django.core.management.base import CommandError
from django.db import transaction

from accounts.models import User
from accounts.signing_in import invitations
from core.audit_log.recording import AuditedCommand


class Command(AuditedCommand):
    """`manage.py invite_staff dee@education.gov.uk --name "Dee Effie" --group support`."""

    help = "Email a member of DfE staff a link to set up password and authenticator app."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="their name, if they are new")
        parser.add_argument("--group", action="append", default=[], help="may be given again")
        parser.add_argument(
            "--superuser", action="store_true", help="let them do everything, as the first must"
        )

    def handle(self, *, email: str, name: str, group: list[str], **options: object) -> None:
        try:
            with transaction.atomic():
                user = invitations.make_staff(email, name, group)
                if options["superuser"]:
                    User.objects.filter(pk=user.pk).update(is_superuser=True)
                invitations.invite(user, by=None)
        except (invitations.NotStaffError, Group.DoesNotExist) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Invited user {user.pk}.")
