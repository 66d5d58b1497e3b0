"""Where the front door's pages stand."""

from django.urls import path

from kith.front_door.views.deciding import (
    contact_join,
    contact_named,
    contact_newcomer,
    contact_reply,
    contact_split,
    contact_undo,
)
from kith.front_door.views.queue import contact, contact_intelligence, contact_take, front_door
from kith.front_door.views.taking import contact_new

urlpatterns = [
    path("front-door/", front_door, name="front-door"),
    path("front-door/new", contact_new, name="contact-new"),
    path("front-door/<int:contact_id>/", contact, name="contact"),
    path("front-door/<int:contact_id>/take", contact_take, name="contact-take"),
    path("front-door/<int:contact_id>/intelligence", contact_intelligence, name="contact-intelligence"),
    path("front-door/<int:contact_id>/named/<int:meant_id>", contact_named, name="contact-named"),
    path("front-door/<int:contact_id>/named/<int:meant_id>/new", contact_newcomer, name="contact-newcomer"),
    path("front-door/<int:contact_id>/reply", contact_reply, name="contact-reply"),
    path("front-door/<int:contact_id>/split", contact_split, name="contact-split"),
    path("front-door/<int:contact_id>/join", contact_join, name="contact-join"),
    path("front-door/<int:contact_id>/undo/<int:decision_id>", contact_undo, name="contact-undo"),
]
