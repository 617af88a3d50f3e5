"""Numbers without gaps, the register of outgoing documents, and its printed book."""
