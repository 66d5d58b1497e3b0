"""From references to subjects: linking what was delivered, and what follows from it. The way in is `run`.

Nothing is brought in here: pages use the light parts of this package and must not carry the engine.
"""
