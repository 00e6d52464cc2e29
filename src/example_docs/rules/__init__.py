"""General sentences of the prose, and the properties that hold them."""
