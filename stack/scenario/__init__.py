"""Plays a scenario file: a whole Rondje in a throw-away directory, on a fast clock, with people, kills and faults.

The format of the file is in docs/simulator.md.
"""
