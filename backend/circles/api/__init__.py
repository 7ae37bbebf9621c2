"""What other systems may ask about circles: the circles, their members, duties and mornings."""
