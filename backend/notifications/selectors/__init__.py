"""Reading about messages and the carrier. Nothing here writes."""
