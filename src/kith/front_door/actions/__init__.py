"""What is done at the front door. Every function is one transaction with its audit row."""

from kith.front_door.actions.receiving import NamedIn, Receipt, Told, WhoGave, code_of, receive

__all__ = ["NamedIn", "Receipt", "Told", "WhoGave", "code_of", "receive"]
