"""The only writers of circles, rounds, seats and legs: lock, decide, save, record, queue, set the timer."""
