"""The town page: the telephones of the town, to look at and to pick up."""
