"""Chapter Start: installing PyTorch, what it is, devices, old tutorials."""
