"""Runs a whole Rondje on one machine: environment, servers, processes.

Nothing here knows what a telephone circle is. It may be left out of a production image.
"""
