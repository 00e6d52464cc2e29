"""Backpropagation: gradients of a network, by hand and by autograd."""
