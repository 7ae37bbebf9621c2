"""Whether somebody comes: what a programme knows of it once it has asked them, shortly before the day."""

from django.db import models


class Answer(models.TextChoices):
    """What came of asking. SPEAK: a person is to ring them; SILENT: a person has to, for no machine reached them."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    YES = "yes"
    SPEAK = "speak"
    SILENT = "silent"
