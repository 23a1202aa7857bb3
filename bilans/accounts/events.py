"""What the trail says about accounts: log-ins, invitations, memberships."""

from django.utils.translation import gettext_lazy as _

from bilans.audit.registry import declare

ORGANISATION_ADDED = declare(
    code="accounts.organisation.added",
    sentence=_("added the office %(name)s"),
    payload=frozenset({"name"}),
    icon="building",
)
PERSON_ADDED = declare(
    code="accounts.person.added",
    sentence=_("added %(name)s as %(role)s"),
    payload=frozenset({"name", "role"}),
    icon="user-plus",
)
INVITED = declare(
    code="accounts.invitation.made",
    sentence=_("invited %(name)s as %(role)s"),
    payload=frozenset({"name", "role"}),
    icon="mail-plus",
)
INVITATION_WITHDRAWN = declare(
    code="accounts.invitation.withdrawn",
    sentence=_("withdrew the invitation for %(name)s"),
    payload=frozenset({"name"}),
    icon="mail-x",
)
INVITATION_ACCEPTED = declare(
    code="accounts.invitation.accepted",
    sentence=_("accepted the invitation and joined as %(role)s"),
    payload=frozenset({"role"}),
    icon="mail-check",
)
MEMBERSHIP_ENDED = declare(
    code="accounts.membership.ended",
    sentence=_("ended the membership of %(name)s"),
    payload=frozenset({"name", "role"}),
    icon="user-minus",
)
LOGGED_IN = declare(code="accounts.session.opened", sentence=_("logged in"), icon="log-in")
LOGGED_OUT = declare(code="accounts.session.closed", sentence=_("logged out"), icon="log-out")
LOGIN_FAILED = declare(
    code="accounts.session.refused",
    sentence=_("a failed attempt to log in"),
    payload=frozenset({"index"}),
    icon="shield-alert",
)
PEOPLE_READ = declare(
    code="accounts.people.read",
    sentence=_("read the list of people"),
    icon="users",
    reading=True,
)
