"""Why each column of accounts that is not sealed may be plain."""

_COURSE = "when and in which role somebody worked here: lists and time limits ask for it"

PLAIN: dict[str, str] = {
    "accounts.Organisation.name": "an office is a public body or a firm, not a person",
    "accounts.Organisation.is_public": "decides which legal basis the office acts on",
    "accounts.Organisation.created_at": _COURSE,
    "accounts.Membership.role": _COURSE,
    "accounts.Membership.starts_at": _COURSE,
    "accounts.Membership.ends_at": _COURSE,
    "accounts.User.username": "an opaque number that says nothing about its owner",
    "accounts.User.password": "a slow salted hash; the password itself is nowhere",
    "accounts.User.is_active": "the log-in asks for it",
    "accounts.User.created_at": _COURSE,
    "accounts.Invitation.role": _COURSE,
    "accounts.Invitation.token_hash": "a hash of 256 random bits; it opens nothing",
    "accounts.Invitation.client_id": "an id of a card whose content is sealed",
    "accounts.Invitation.created_at": _COURSE,
    "accounts.Invitation.expires_at": _COURSE,
    "accounts.Invitation.used_at": _COURSE,
    "accounts.Invitation.revoked_at": _COURSE,
    "accounts.Submission.key": "a random number made for one form",
    "accounts.Submission.location": "an address made of ids only",
    "accounts.Submission.created_at": _COURSE,
}
BLIND: dict[str, str] = {
    "accounts.User.email_index": "finds an account by a typed address without holding it",
}
