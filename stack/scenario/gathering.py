"""What became of a scenario, read from the product and from the carrier."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator import client
from stack.scenario.expectations import IncidentSeen, Result

if TYPE_CHECKING:
    from stack.scenario.product import Product


def gather(
    product: "Product",
    carrier: client.Town,
    tally: Mapping[str, Any],
    journal: Iterable[client.Entry],
    mishaps: Sequence[str],
) -> Result:
    """The product's own accounting (`tally`, as `manage.py tally --json` gives it) beside the carrier's own journal."""
    entries = list(journal)
    told: dict[str, str] = {}
    for entry in entries:
        if entry["kind"] in ("hears", "text_received"):
            told[str(entry.get("resident"))] = f"{told.get(str(entry.get('resident')), '')} {entry['text']}"
    seen = Counter((entry["kind"], str(entry.get("resident"))) for entry in entries)
    accepted = carrier.accepted()
    names = {account["account_sid"]: account["name"] for account in carrier.accounts()}
    return Result(
        tally=tally,
        incidents=tuple(IncidentSeen(**one) for one in product.incidents()),
        closed_how=tuple(product.closed_how()),
        rings=Counter({who: times for (kind, who), times in seen.items() if kind == "rings"}),
        texts=Counter({who: times for (kind, who), times in seen.items() if kind == "text_received"}),
        told=told,
        practice=product.practised(),
        letters=product.letters(),
        accepted=Counter(one["attempt"] for one in accepted),
        by_account=Counter(names[one["account"]] for one in accepted),
        trips=product.trips(),
        evenings=product.evenings(),
        mishaps=tuple(mishaps),
    )
