"""The control API of the town: the clock, the residents, faults, the journal, and hands on telephones."""
