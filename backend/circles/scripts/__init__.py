"""What is said and asked in a morning's calls: pure functions of where the call is and what was heard."""
