"""Hold the numbers of prose and formulas to the examples they come from."""
