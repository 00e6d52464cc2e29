"""Chapter Autograd: derivatives of what a program computes."""
