"""Reading across all programmes."""
