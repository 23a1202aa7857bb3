"""Putting back what somebody had typed and not saved."""

from django import forms

from clients.models import Draft


def restore(form: forms.BaseForm, draft: Draft | None) -> bool:
    """Fill an unbound form with a draft, as it was typed; say whether there was one.

    The version comes back too: if somebody saved the row meanwhile, saving finds out.
    """
    if draft is None:
        return False
    form.initial.update(
        {name: value for name, value in draft.values.items() if name in form.fields}
    )
    if "base_version" in form.fields:
        form.initial["base_version"] = draft.base_version
    return True
