"""Reading about circles. Nothing here writes."""
