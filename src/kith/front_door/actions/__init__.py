"""What is done at the front door. Every function is one transaction with its audit row."""

from kith.front_door.actions.deciding import Decided, Follows, Sharing, decide, undo
from kith.front_door.actions.intelligence import pass_as_intelligence
from kith.front_door.actions.naming import choose_again, is_new, is_on_record, needs_no_record
from kith.front_door.actions.receiving import NamedIn, Receipt, Told, WhoGave, code_of, receive
from kith.front_door.actions.replying import reply
from kith.front_door.actions.sorting import join, put_back, split, take_up

__all__ = [
    "Decided",
    "Follows",
    "NamedIn",
    "Receipt",
    "Sharing",
    "Told",
    "WhoGave",
    "choose_again",
    "code_of",
    "decide",
    "is_new",
    "is_on_record",
    "join",
    "needs_no_record",
    "pass_as_intelligence",
    "put_back",
    "receive",
    "reply",
    "split",
    "take_up",
    "undo",
]
