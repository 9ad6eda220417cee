"""How the entity models are made: an authored corpus, stock weights, one command."""
