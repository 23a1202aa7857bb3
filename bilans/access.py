"""Who may do what to which case: the one place that answers.

Grants are rows of django-guardian, and only roots (the case) have them; they follow
from assignments, and an assignment that is not open now gives nothing, whatever grants
are left of it. Everything under a root (interview, evidence, report) names its
``access_root`` and is judged by it. Pages, API, services, selectors and buttons call
the functions below; none of them asks guardian.

A root model offers ``ROLE_GRANTS`` (role → permissions) and a related name
``assignments`` whose rows carry ``user``, ``role``, ``starts_at`` and ``ends_at``.
"""

from typing import Any, Protocol, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.utils import get_user_obj_perms_model

from bilans.errors import NotPermitted

Rows = TypeVar("Rows", bound=QuerySet)


class Actor(Protocol):
    """Somebody logged in."""

    pk: Any
    is_active: bool

    @property
    def role(self) -> str: ...

    @property
    def office_permissions(self) -> frozenset[str]: ...


def held(actor: Actor, obj: Any) -> frozenset[str]:
    """Name every permission the actor holds on the object now."""
    root = obj.access_root
    if not actor.is_active:
        return frozenset()
    open_roles = _open(root.assignments.filter(user=actor.pk)).values_list("role", flat=True)
    grants = type(root).ROLE_GRANTS  # a role that is gone gives nothing
    allowed = frozenset().union(*(grants.get(role, frozenset()) for role in open_roles))
    if not allowed:
        return frozenset()
    label = root._meta.app_label
    granted = (
        _grants(type(root))
        .filter(user=actor.pk, content_object=root)
        .values_list("permission__codename", flat=True)
    )
    return allowed & {f"{label}.{codename}" for codename in granted}


def require(actor: Actor, permission: str, obj: Any) -> None:
    """Refuse an actor who does not hold the permission; for services.

    Raises:
        NotPermitted: code ``not_permitted``. The message never names the permission.
    """
    if permission not in held(actor, obj):
        raise NotPermitted(
            _("You may not do this in this case. Ask the person who leads it."),
            code="not_permitted",
        )


def require_office(actor: Actor, permission: str) -> None:
    """Refuse an actor whose job in the office does not include the permission.

    Raises:
        NotPermitted: code ``not_permitted``.
    """
    if not actor.is_active or permission not in actor.office_permissions:
        raise NotPermitted(
            _("Your role in the office does not include this."), code="not_permitted"
        )


def visible(actor: Actor, permission: str, rows: Rows, *, root_path: str = "") -> Rows:
    """Keep the rows whose root the actor holds the permission on; for selectors.

    Args:
        actor: who looks.
        permission: what they want to do.
        rows: roots, or rows below one.
        root_path: how to get from a row to its root (``case``); empty for roots.
    """
    root = rows.model
    for name in filter(None, root_path.split("__")):
        root = root._meta.get_field(name).related_model
    if not actor.is_active:
        return rows.none()
    roles = [role for role, allowed in root.ROLE_GRANTS.items() if permission in allowed]
    assignment = root._meta.get_field("assignments").related_model
    open_now = _open(
        assignment._default_manager.filter(
            case=OuterRef("content_object"), user=OuterRef("user"), role__in=roles
        )
    )
    granted = _grants(root).filter(
        Exists(open_now),
        user=actor.pk,
        permission__codename=permission.partition(".")[2],
    )
    condition = {f"{root_path}__in" if root_path else "pk__in": granted.values("content_object")}
    return rows.filter(**condition)


def _open(assignments: QuerySet) -> QuerySet:
    now = timezone.now()
    return assignments.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)


def _grants(root: type[Model]) -> QuerySet:
    # guardian annotates an instance here, but documents and accepts the class
    return get_user_obj_perms_model(root)._default_manager.all()  # type: ignore[arg-type]
