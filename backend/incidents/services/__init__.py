"""The only writers of incidents: opening, escalating, claiming, and their end.

A welfare case is opened by a service call in the transaction that decides it, never by a handler.
"""
