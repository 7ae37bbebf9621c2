"""The one error that reaches the person at the keyboard."""


class StackError(Exception):
    """Something on this machine stops Rondje from starting or stopping.

    The message says what happened, to which part, and what to do next; it is shown as it stands,
    without a traceback.
    """
