"""Chapter Regression: from a line drawn by hand to curves and checks."""
