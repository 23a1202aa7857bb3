"""What is typed to come in, and to let others in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bilans.accounts.permissions import STAFF_ROLES, Role
from bilans.accounts.services.passwords import MAX_LENGTH
from bilans.ui.widgets import ChoiceCards

ROLE_ICONS: dict[str, str] = {
    Role.ADVISOR: "messages-square",
    Role.SUPERVISOR: "users",
    Role.COMMITTEE: "clipboard-check",
}


class LoginForm(forms.Form):
    """E-mail address and password."""

    username = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "inputmode": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=MAX_LENGTH,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """The password of a new account, typed once and shown on demand."""

    password = forms.CharField(
        label=_("Your new password"),
        strip=False,
        help_text=_(
            "At least 12 characters; a few words of your own are easiest to remember. "
            "You may paste it from a password manager."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, shown: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shown:
            self.fields["password"].widget.input_type = "text"


class InviteForm(forms.Form):
    """Somebody new in the office."""

    full_name = forms.CharField(label=_("Name and surname"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The person will log in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role in the office"),
        choices=[(role.value, role.label) for role in STAFF_ROLES],
        widget=ChoiceCards(icons=ROLE_ICONS),
    )
