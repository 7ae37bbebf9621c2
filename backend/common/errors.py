"""Errors that a person caused and a person can mend.

Views answer them with a sentence and a 4xx status; commands print them and exit 2. Anything else that is
raised is a defect of the program.
"""


class RondjeError(Exception):
    """A refusal in the user's words: what happened, to whom, what to do next."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(RondjeError):
    """Somebody asked for what is not theirs to see or do."""

    status = 403


class NotFound(RondjeError):
    """The thing does not exist, or not for whoever asks."""

    status = 404


class Conflict(RondjeError):
    """The request was fine when it was made, but something else came first."""

    status = 409
