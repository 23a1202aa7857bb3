"""Events of the trail itself."""

from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare

REFUSED = declare(
    code="audit.refused",
    sentence=_("was refused: %(what)s"),
    payload=frozenset({"what", "address", "method"}),
    icon="shield-alert",
)
