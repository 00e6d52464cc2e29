"""Chapter Tensors: making them, computing with them, reshaping them."""
