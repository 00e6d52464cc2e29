"""Run examples and programs, and hold their outputs to their docstrings.

The only package that imports torch.
"""
