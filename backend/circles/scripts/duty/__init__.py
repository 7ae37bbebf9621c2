"""What volunteers and coordinators are told about the duty roster. Pure."""
