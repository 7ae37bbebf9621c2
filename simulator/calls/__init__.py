"""Calls: their legs, the switchboard that rings and ends them, and the player of their scripts."""
