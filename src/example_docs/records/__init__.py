"""Keep what was run where, as data and as tables."""
