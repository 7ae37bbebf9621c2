"""The people behind the numbers: how they answer, what they press, what they do with texts."""
