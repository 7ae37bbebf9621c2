"""The carrier's REST API, as the unmodified SDK speaks it."""
