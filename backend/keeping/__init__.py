"""Keeping and losing: how long what is kept, what is counted before it goes, and what a person may ask for.

It stands above the programmes, because it reads and removes what each of them has written.
"""
