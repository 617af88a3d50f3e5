"""A document's life: reserved, signed here, elsewhere or on paper, sealed, released, related."""
