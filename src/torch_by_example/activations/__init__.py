"""Activation functions: why they are there, how they bend, what they pass back."""
