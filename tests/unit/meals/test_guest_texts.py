"""What guests are texted fits one text of seven bits with everyday names, in both languages."""

import pytest

from backend.common.languages import LANGUAGES
from backend.meals.texts import TEMPLATES
from backend.notifications.domain.segments import measure
from backend.notifications.domain.templates import Template


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_every_text_to_a_guest_is_one_segment(template: Template, language: str) -> None:
    body = template.preview(template.default(language), language)
    size = measure(body)
    assert (size.segments, size.strange) == (1, ()), (len(body), body)
