"""Verify an installed package of lessons where there is neither a clone nor a site."""
