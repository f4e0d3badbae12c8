"""The groups of DfE staff and what each may do. docs/signing-in.md lists them for people.

Kept by one function after every migration, so that a group is what this file says it is; what
somebody changes about these groups in admin lasts until the next release. Other groups are left
alone.
"""

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

EVERYTHING = ("view", "add", "change", "delete")
EDIT = ("view", "add", "change")
VIEW = ("view",)

# Group -> model ("app.model") -> what its members may do with it in admin.
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "support": {
        "core.outgoingemail": VIEW,
        "accounts.user": EDIT,
        "schools.school": EDIT,
        "schools.teacher": EDIT,
        "schools.mentoratschool": EDIT,
        "schools.ectatschool": EDIT,
        "schools.inductiontutor": EDIT,
        "mentors.mentorship": EDIT,
        "mentors.leaving": VIEW,
    },
    "policy": {
        "mentors.statuspolicy": EVERYTHING,
        "schools.mentoratschool": VIEW,
        "schools.school": VIEW,
        "schools.teacher": VIEW,
    },
    "finance": {
        "declarations.declaration": ("view", "add", "change"),  # added by uploading a file
        "declarations.declarationstatechange": VIEW,
        "declarations.leadprovider": VIEW,
        "declarations.deliverypartner": VIEW,
        "declarations.cohort": VIEW,
        "declarations.schoolpartnership": VIEW,
        "declarations.trainingperiod": VIEW,
        "declarations.recordedcompletion": VIEW,
        "schools.school": VIEW,
        "schools.teacher": VIEW,
    },
}


def keep_groups(**_: object) -> None:
    """Make the groups what GROUPS says; takes and ignores what post_migrate sends.

    Raises LookupError when GROUPS names a model that is not there.
    """
    for name, models in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(
            _permission(apps.get_model(model), action)
            for model, actions in models.items()
            for action in actions
        )


def _permission(model: type[Model], action: str) -> Permission:
    """Django's own permission, made here if its turn has not come in this migration."""
    permission, _ = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(model),
        codename=get_permission_codename(action, model._meta),
        defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
    )
    return permission
