"""The uploads of people and of induction tutors in admin."""

from core.uploads import UploadMixin, upload_hint
from schools.imports import people, tutors
from schools.models import ECTAtSchool, MentorAtSchool


class PeopleUpload(UploadMixin):
    """Imports teachers with their induction, and their times at schools."""

    import_file = staticmethod(people.import_people)
    also_adds = (MentorAtSchool, ECTAtSchool)
    upload_hint = upload_hint(
        people.COLUMNS.required,
        "A row is a person's time at a school; role is mentor or ect. docs/importing-people.md says"
        " what the columns mean.",
        people.COLUMNS.optional,
    )


class TutorUpload(UploadMixin):
    """Imports induction tutors, who are emailed later by the action in their list."""

    import_file = staticmethod(tutors.import_tutors)
    upload_hint = upload_hint(
        tutors.COLUMNS.required,
        "They are tutors from today. No email is sent: the list has an action for that.",
    )
