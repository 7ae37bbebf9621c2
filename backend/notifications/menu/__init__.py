"""One number to ring: whoever rings is known by number, hears what they can do, and always reaches a person."""
