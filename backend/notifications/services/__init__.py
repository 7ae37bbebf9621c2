"""The only writers of messages, attempts and callbacks."""
