"""The only writers of what we know of people."""
