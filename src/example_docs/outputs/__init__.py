"""Read what an example is expected to print, and compare as a person does."""
