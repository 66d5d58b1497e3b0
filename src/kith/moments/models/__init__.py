"""Tables: the rota, critical moments, and champions."""

from kith.moments.models.champions import Champion
from kith.moments.models.moments import Draw, Moment, Offer, Step
from kith.moments.models.rota import CalendarAddress, HandoverNote, Shift, Swap

__all__ = ["CalendarAddress", "Champion", "Draw", "HandoverNote", "Moment", "Offer", "Shift", "Step", "Swap"]
