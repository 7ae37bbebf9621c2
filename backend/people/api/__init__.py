"""What other systems may ask about people: absences. And how they come in, for every programme."""
