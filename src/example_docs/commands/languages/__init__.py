"""Bring two languages together and say where they part."""
