"""The only ones that remove what others have written."""
