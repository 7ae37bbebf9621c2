"""What is asked before somebody is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backend.keeping.web.words import ASKED_BY


class ErasureForm(forms.Form):
    """On whose request, and whether it is meant."""

    asked_by = forms.ChoiceField(label=_("Who asked for it?"), choices=list(ASKED_BY.items()))
    is_sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Tick this box if you want the person to be erased.")},
    )
