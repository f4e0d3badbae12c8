"""The groups of DfE staff, with their permissions (docs/signing-in.md, "Groups").

Every migration resets these groups to what this file says, so a change that staff make to one of
them in admin lasts until the next release. Other groups are not touched.
"""

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

VIEW = ("view",)
EDIT = (*VIEW, "add", "change")
EVERYTHING = (*EDIT, "delete")

# For each group: the models ("app.model"), and what its members may do with them in admin.
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "support": {
        "core.outgoingemail": VIEW,
        "core.look": VIEW,
        "accounts.user": EDIT,
        "schools.school": EDIT,
        "schools.schoolsuccession": VIEW,
        "schools.teacher": EDIT,
        "schools.teachermerge": (*VIEW, "add"),  # to merge two records adds one
        "schools.staffnote": EDIT,  # changing one is to withdraw it
        "schools.mentoratschool": EVERYTHING,  # deleting one undoes the addition
        "schools.ectatschool": EVERYTHING,
        "schools.inductiontutor": EDIT,
        "mentors.mentorship": EDIT,
        "mentors.leaving": VIEW,
        "declarations.recordedcompletion": EVERYTHING,
    },
    "policy": {
        "core.look": VIEW,
        "mentors.statuspolicy": EVERYTHING,
        "schools.mentoratschool": VIEW,
        "schools.school": VIEW,
        "schools.staffnote": EDIT,
        "schools.teacher": VIEW,
        "schools.teachermerge": VIEW,
    },
    "finance": {
        "core.look": VIEW,
        "declarations.declaration": EDIT,  # added by uploading a file
        "declarations.declarationstatechange": VIEW,
        "declarations.statemove": VIEW,  # to change declarations is to plan and begin one
        "declarations.leadprovider": VIEW,
        "declarations.deliverypartner": VIEW,
        "declarations.leadproviderdeliverypartnership": VIEW,
        "declarations.cohort": VIEW,
        "declarations.completionnotice": VIEW,
        "declarations.schoolpartnership": VIEW,
        "declarations.trainingperiod": VIEW,
        "declarations.recordedcompletion": VIEW,
        "schools.school": VIEW,
        "schools.staffnote": EDIT,
        "schools.teacher": VIEW,
        "schools.teachermerge": VIEW,
    },
}

# For each group: the lists that it may save as a file, as its work takes them into other tools.
# A file leaves the service: no group saves users, notes, merges, or who looked at a teacher.
EXPORTS: dict[str, tuple[str, ...]] = {
    "support": (
        "core.outgoingemail",
        "schools.school",
        "schools.teacher",
        "schools.mentoratschool",
        "schools.ectatschool",
        "schools.inductiontutor",
        "mentors.mentorship",
        "mentors.leaving",
        "declarations.recordedcompletion",
    ),
    "policy": ("mentors.statuspolicy", "schools.school"),
    "finance": (
        "declarations.declaration",
        "declarations.statemove",
        "declarations.leadprovider",
        "declarations.deliverypartner",
        "declarations.leadproviderdeliverypartnership",
        "declarations.cohort",
        "declarations.completionnotice",
        "declarations.schoolpartnership",
        "declarations.trainingperiod",
        "declarations.recordedcompletion",
        "schools.school",
    ),
}


def keep_groups(**signal: object) -> None:
    """Give each group the permissions of GROUPS and EXPORTS, and no others.

    Ignores the arguments of post_migrate. Raises LookupError for a model that does not exist.
    """
    for name, models in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        may = [(model, action) for model, actions in models.items() for action in actions]
        may += [(model, "export") for model in EXPORTS[name]]
        group.permissions.set(_permission(apps.get_model(model), action) for model, action in may)


def _permission(model: type[Model], action: str) -> Permission:
    """The permission: Django's own, or ours to export. It is created here if it is not there."""
    permission, _ = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(model),
        codename=get_permission_codename(action, model._meta),
        defaults={"name": f"Can {action} {model._meta.verbose_name_raw}"},
    )
    return permission
