"""Chapter Start: installing PyTorch, what it is, old tutorials."""
