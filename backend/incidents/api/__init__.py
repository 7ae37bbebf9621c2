"""What other systems may read about incidents. Claims and outcomes are people's, on their telephone or a page."""
