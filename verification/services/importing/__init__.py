"""Bringing a claims file in: what its names stand for, a batch of new claims, how far a run is."""
