"""A procedure's way into the register: signers, numbers, seal, release, delivery."""
