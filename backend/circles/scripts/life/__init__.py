"""What members are told about their circle, and the card beside their telephone. Pure."""
