"""Losses: the number that says how wrong a prediction is."""
