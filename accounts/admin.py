"""Configuration of staff accounts: teams, who is in them with which role, registrations. Nobody edits their own
rights, and every change of rights goes through the services, which write it down. The public's accounts are not here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts import services
from accounts.models import Membership, Recognised, Registration, Role, Team, User
from accounts.permissions import can_change_rights, can_invite
from core import clock
from core.admin import PlainModelForm, ReferenceAdmin
from core.permissions import Decision
from core.workflow import WrongState


def staff() -> QuerySet:
    return User.objects.staff().filter(is_system=False).order_by("name", "pk")


class _AskedByAdministrator(PlainModelForm):
    """A form that knows who fills it in, so that a refusal stands beside the question."""

    by: User

    def refuse(self, decision: Decision, field: str | None = None) -> None:
        if not decision:
            self.add_error(field, decision.reason)


class _AdministratorAdmin(ReferenceAdmin):
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def for_each(self, request: HttpRequest, rows: Any, do: Callable[[Any], Any], done: str) -> None:
        """Do something to each chosen row by its service; say what was refused, and why."""
        count = 0
        for row in rows:
            try:
                do(row)
                count += 1
            except (PermissionDenied, ValidationError, WrongState) as error:
                reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
                self.message_user(request, f"{row}: {reason}", level=messages.ERROR)
        if count:
            self.message_user(request, f"{done}: {count}.")


@admin.register(Team)
class TeamAdmin(ReferenceAdmin):
    list_display = ("name", "code", "service", "phone", "is_front_door", "is_active")
    list_filter = ("is_active", "is_front_door")
    search_fields = ("name", "code")
    ordering = ("name", "pk")
    fields = ("code", "name", "service", "phone", "email", "is_front_door", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


class InviteForm(_AskedByAdministrator):
    team = forms.ModelChoiceField(Team.objects.filter(is_active=True).order_by("name", "pk"))
    role = forms.ChoiceField(choices=Role.choices)

    class Meta:
        model = User
        fields = ("email", "name")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        self.refuse(can_invite(self.by, User.Audience.STAFF))
        return super().clean() or {}


class ChangeUserForm(_AskedByAdministrator):
    class Meta:
        model = User
        fields = ("name", "phone", "job_title")

    def clean(self) -> dict[str, Any]:
        self.refuse(can_change_rights(self.by, self.instance))
        return super().clean() or {}


class LostSecondStep(admin.SimpleListFilter):
    title = "second step"
    parameter_name = "lost"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Says it is lost")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(lost_second_step_at__isnull=False) if self.value() == "yes" else queryset


@admin.register(User)
class UserAdmin(_AdministratorAdmin):
    services_write = True
    list_display = (
        "name",
        "email",
        "job_title",
        "is_active",
        "last_login",
        "lost_second_step_at",
        "created_at",
    )
    list_filter = ("is_active", LostSecondStep)
    search_fields = ("name", "email")
    ordering = ("name", "pk")
    actions = ("close", "open_again", "send_new_invitation", "start_again")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(audience=User.Audience.STAFF, is_system=False)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        self.form = ChangeUserForm if obj else InviteForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (
            ("email", "name", "phone", "job_title", "is_active") if obj else ("email", "name", "team", "role")
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("email", "is_active") if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by: Any = request.user
        if change:
            services.change_details(
                user=obj, name=obj.name, phone=obj.phone, job_title=obj.job_title, by=by, now=clock.now()
            )
            return
        invitation = services.invite(
            email=obj.email,
            name=obj.name,
            audience=User.Audience.STAFF,
            team=form.cleaned_data["team"],
            role=form.cleaned_data["role"],
            by=by,
            now=clock.now(),
        )
        obj.__dict__.update(invitation.user.__dict__)

    @admin.action(description="Close the chosen accounts")
    def close(self, request: HttpRequest, queryset: QuerySet) -> None:
        by: Any = request.user
        self.for_each(
            request,
            queryset,
            lambda user: services.deactivate(
                user=user, by=by, now=clock.now(), reason="closed_by_administrator"
            ),
            "Accounts closed",
        )

    @admin.action(description="Open the chosen accounts again, without roles")
    def open_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        by: Any = request.user
        self.for_each(
            request,
            queryset,
            lambda user: services.reactivate(user=user, by=by, now=clock.now()),
            "Accounts opened again",
        )

    @admin.action(description="Send a new invitation to those who have not joined")
    def send_new_invitation(self, request: HttpRequest, queryset: QuerySet) -> None:
        by: Any = request.user
        self.for_each(
            request,
            queryset,
            lambda user: services.invite(
                email=user.email, name=user.name, audience=user.audience, by=by, now=clock.now()
            ),
            "Invitations sent",
        )

    @admin.action(description="Second step lost, and you have checked who they are: let them join anew")
    def start_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        by: Any = request.user
        self.for_each(
            request,
            queryset.filter(is_active=True),
            lambda user: services.start_again(
                user=user, by=by, now=clock.now(), checked=Recognised.ADMINISTRATOR
            ),
            "New links sent",
        )


class GrantForm(_AskedByAdministrator):
    class Meta:
        model = Membership
        fields = ("user", "team", "role", "is_main")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            self.fields["user"].queryset = staff()  # type: ignore[attr-defined]
            self.fields["team"].queryset = Team.objects.filter(is_active=True).order_by("name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        user, team, role = cleaned.get("user"), cleaned.get("team"), cleaned.get("role")
        if user:
            self.refuse(can_change_rights(self.by, user), "user")
        if (
            user
            and team
            and role
            and Membership.objects.filter(user=user, team=team, role=role, valid_to=None).exists()
        ):
            self.add_error("role", "This role is held in this team already.")
        return cleaned


@admin.register(Membership)
class MembershipAdmin(_AdministratorAdmin):
    services_write = True
    form = GrantForm
    list_display = ("user", "team", "role", "is_main", "valid_from", "valid_to")
    list_filter = ("role", "team")
    list_select_related = ("user", "team")
    search_fields = ("user__name", "user__email", "team__name")
    ordering = ("user__name", "team__name", "pk")
    actions = ("withdraw",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A role is given and taken away, never edited; the list offers to take it away."""
        return obj is None

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(request.user.is_staff)  # type: ignore[union-attr]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by: Any = request.user
        membership = services.grant_role(
            user=obj.user, team=obj.team, role=obj.role, is_main=obj.is_main, by=by, now=clock.now()
        )
        obj.__dict__.update(membership.__dict__)

    @admin.action(description="Take the chosen roles away from today")
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        by: Any = request.user
        self.for_each(
            request,
            queryset.filter(valid_to=None),
            lambda held: services.withdraw_role(
                user=held.user, team=held.team, role=held.role, by=by, now=clock.now()
            ),
            "Roles taken away",
        )


class RegistrationForm(_AskedByAdministrator):
    class Meta:
        model = Registration
        fields = ("user", "body", "number", "valid_from", "valid_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "user" in self.fields:
            self.fields["user"].queryset = staff()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        user = cleaned.get("user") or (self.instance.user if self.instance.pk else None)
        if user:
            self.refuse(can_change_rights(self.by, user))
        if (
            cleaned.get("valid_from")
            and cleaned.get("valid_to")
            and cleaned["valid_to"] < cleaned["valid_from"]
        ):
            self.add_error("valid_to", "The last day is before the first.")
        return cleaned


@admin.register(Registration)
class RegistrationAdmin(_AdministratorAdmin):
    form = RegistrationForm
    list_display = ("user", "body", "number", "valid_from", "valid_to")
    list_filter = ("body",)
    list_select_related = ("user",)
    search_fields = ("user__name", "number")
    ordering = ("user__name", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("user",) if obj else ()
