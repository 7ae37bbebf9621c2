"""What circles put on paper."""
