"""Chapter Start: installing PyTorch, what it is, and its devices."""
