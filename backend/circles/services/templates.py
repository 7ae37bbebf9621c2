"""Policy templates: named settings of an organisation, checked when they are saved, copied when a circle is made."""

from typing import Any

from django.db import IntegrityError, transaction

from backend.circles.domain.policy import MorningPolicy
from backend.circles.models import PolicyTemplate
from backend.circles.services.membership import check_escalation
from backend.common.actors import Actor
from backend.common.errors import Conflict
from backend.events.services import record
from backend.people.models import Organisation

TEMPLATE_SAVED = "circles.policy_template_saved"
"""The subject is the organisation. Payload: template (key)."""


@transaction.atomic
def save(
    organisation: Organisation, *, name: str, policy: dict[str, Any], pk: int | None = None, actor: Actor
) -> PolicyTemplate:
    """A new template, or a changed one (`pk`). Circles that were made with it keep what they have.

    Raises PolicyError for a setting that could not work, Conflict when the organisation has one of this name.
    """
    MorningPolicy.of(organisation.settings.get("morning", {}), policy.get("morning", {}))
    check_escalation(policy.get("escalation", {}))
    template = PolicyTemplate(pk=pk, organisation=organisation, name=name, policy=policy)
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise Conflict("There is a template of this name already. Choose another name.") from error
    record(
        kind=TEMPLATE_SAVED,
        subject_kind="organisation",
        subject_id=organisation.pk,
        organisation_id=organisation.pk,
        actor=actor,
        payload={"template": template.pk},
    )
    return template
