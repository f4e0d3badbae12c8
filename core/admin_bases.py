"""Base classes of admin pages: refusals in words, read-only pages, related rows, links."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import flatten, unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.db.models import Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.utils import pretty_name
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from core.admin_addresses import address_of_page
from core.admin_days import BoundedDaysMixin
from core.admin_lists import CappedPaginator, OneOrder, read_by_keys
from core.admin_rows import escaped
from core.exporting import ExportMixin
from core.hand_made import HandMadeAddresses, HandMadeForms
from core.history_words import history_of, is_tracked
from core.refusals import RefusedChange, is_refusal, words_of
from core.refused_rows import rows_in_the_way
from core.seen_forms import changed_meanwhile, seen_values


class _RefusedRequest(HttpRequest):
    """A request to save a form, which the database refused."""

    refused_because: str


# The names of a form's fields, by its admin, its kind, and which of them are read-only.
_fields: dict[tuple[Any, ...], tuple[Any, ...]] = {}


class FieldsMixin(BaseModelAdmin):
    """Finds out once which fields a form has: Django makes a form for that, each time."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        parent = getattr(self, "parent_model", None)  # of an inline
        key = type(self), parent, obj is None, tuple(self.get_readonly_fields(request, obj))
        if key not in _fields:
            _fields[key] = tuple(super().get_fields(request, obj))
        return _fields[key]


class RelatedRowsMixin(BaseModelAdmin):
    """Reads with each record the related rows that `list_select_related` names.

    Django does so in lists only. A record's name is made of related rows in inlines, too, and
    where the record is chosen in another one's form.
    """

    list_select_related: ClassVar[bool | list[str] | tuple[str, ...]] = False
    # What a list reads by keys instead, each model in a query of its own, where
    # `list_select_related` names related rows of related rows. PostgreSQL takes 40 ms to plan a
    # join of eight tables, and 8 ms for eight queries. For one row the join is cheaper.
    lists_by_keys: ClassVar[tuple[str, ...]] = ()

    @property
    def names_by_keys(self) -> tuple[str, ...]:
        """The related rows that a list reads by keys; none where it needs related rows of these."""
        names = self.lists_by_keys or self.list_select_related
        if isinstance(names, bool) or any("__" in name for name in names):
            return ()
        return tuple(names)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows, related = super().get_queryset(request), self.list_select_related
        return rows if isinstance(related, bool) else rows.select_related(*related)


class RecordAdmin(ExportMixin, BoundedDaysMixin, RelatedRowsMixin, FieldsMixin, HandMadeAddresses):
    """An admin that says in words why the database refused a change, and exports its list.

    The database refuses what passed the form's own checks when another change came in between. The
    form then shows the reason as an error and keeps what was entered.
    """

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count each choice of each filter
    paginator = CappedPaginator

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OneOrder

    def prepare(self, rows: Sequence[Any]) -> None:
        read_by_keys(rows, self.names_by_keys)

    def name_in_list(self, record: Any) -> str:
        """The name of a record, made of what the list reads of it."""
        return str(record)

    def action_checkbox(self, obj: Model) -> SafeString:
        """The box that selects a row. Django renders a template for each of them."""
        return mark_safe(  # noqa: S308  # the id and the name are escaped
            f'<input type="checkbox" name="{ACTION_CHECKBOX_NAME}" value="{escaped(obj.pk)}"'
            f' class="action-select" aria-label="Select {escaped(self.name_in_list(obj))}">'
        )

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DatabaseError as error:
            if not is_refusal(error):
                raise
            cast(_RefusedRequest, request).refused_because = words_with_rows(error, request)
            return super().changeform_view(request, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell the history of the record in words; Django's own log where none is kept."""
        # Which groups a user is in is in Django's log only.
        if not is_tracked(self.model) or self.opts.many_to_many:
            return super().history_view(request, object_id, extra_context)
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(  # type: ignore[attr-defined]
                request, self.opts, object_id
            )
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        context = {
            "title": f"History: {record}",
            "record": record,
            "opts": self.opts,
            "told": history_of(record),
        }
        shared = self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/history.html", shared | context)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_say_why(super().delete_view, request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._or_say_why(super().changelist_view, request, *args, **kwargs)

    def _or_say_why(
        self, view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RefusedChange as refusal:
            why = str(refusal)
        except DatabaseError as error:
            if not is_refusal(error):
                raise
            why = words_with_rows(error, request)
        self.message_user(request, why, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Model | None:
        """The record; nothing else changes it while a form that was sent is compared with it."""
        record = super().get_object(request, object_id, from_field)
        if record and request.method == "POST" and connection.in_atomic_block:
            locked = type(record)._default_manager.select_for_update().filter(pk=record.pk)
            if locked.exists():
                record.refresh_from_db()
        return record

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        reasons = [getattr(request, "refused_because", "")]
        if obj is not None and (seen := request.POST.get(_SEEN)):
            reasons.append(_changed_meanwhile(obj, form, seen))
        if not any(reasons):
            return form
        clean = _clean_that_refuses(list(filter(None, reasons)))
        return type(form.__name__, (form,), {"clean": clean})

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            # As the database has it: a form that was sent may have filled in the record.
            is_sent = request.method == "POST"
            record = self.model._default_manager.get(pk=obj.pk) if is_sent else obj
            names = context["adminform"].form.fields
            context["seen"] = (_SEEN, seen_values(record, names))
        return super().render_change_form(request, context, add, change, form_url, obj)


class ReadOnlyAdmin(RecordAdmin):
    """An admin that shows records and lets no user add, change or delete one."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class _NamedInputs(BaseInlineFormSet):
    """Names each input by its column, whose heading is no label of it."""

    @cached_property
    def empty_form(self) -> ModelForm:
        """The form of a new row. Django makes it anew for its styles and for each place."""
        return super().empty_form

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            # What leads to a form for another row is around the input itself.
            widget: Any = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = capfirst(str(field.label or pretty_name(name)))


class RecordInline(HandMadeForms, RelatedRowsMixin, FieldsMixin, admin.TabularInline):
    """The rows of another model that belong to a record, shown on its page."""

    template = "admin/inline.html"
    formset = _NamedInputs
    extra = 0
    max_num = 100

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        # Django would make 1,000 more forms, for a post that says there are so many.
        return super().get_formset(request, obj, **{"absolute_max": self.max_num} | options)


class ReadOnlyInline(RecordInline):
    """The rows of another model that belong to a record: shown on its page, not changed."""

    can_delete = False
    show_change_link = True

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        # All fields: some of them are methods, which Django accepts only if they are read-only.
        return tuple(flatten(self.fields or ()))

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


def words_with_rows(error: DatabaseError, request: HttpRequest) -> str:
    """Why the database refused, with the rows in the way, each a link if the user may open it."""
    rows = rows_in_the_way(error)
    if not rows:
        return words_of(error)
    links = format_html_join(", ", "{}", ((_link(row, request),) for row in rows))
    return format_html("{} See {}.", words_of(error), links)


def _link(record: Model, request: HttpRequest) -> str:
    page = address_of_page(record, request)
    return format_html('<a href="{}">{}</a>', page, record) if page else str(record)


# The field of a form that has the values with which it was shown.
_SEEN = "_seen"


def _changed_meanwhile(record: Model, form: type[ModelForm], seen: str) -> str:
    changed = changed_meanwhile(record, form.base_fields, seen)
    if not changed:
        return ""
    return (
        f"This record was changed meanwhile: {changed}. Nothing was saved. Look at what you"
        " entered, and save again if it is right."
    )


def _clean_that_refuses(reasons: list[str]) -> Callable[[ModelForm], None]:
    def clean(form: ModelForm) -> None:
        super(type(form), form).clean()
        for reason in reasons:
            form.add_error(None, reason)

    return clean
