"""People of the product by the names that a scenario has for them.

This module can be imported only once Django is set up on the town's database.
"""

from backend.common.errors import RondjeError
from backend.people.models import Person
from stack.scenario.names import is_called


def somebody(name: str) -> Person:
    """Who is called so in full or by their given name. Raises RondjeError."""
    found = [person for person in Person.objects.order_by("pk") if is_called(person.name, name)]
    if len(found) != 1:
        raise RondjeError(f"{len(found)} people are called {name}.")
    return found[0]
