"""Optimisation: optimisers, and a surface with four minima."""
