"""Where the rota and critical moments stand."""

from django.urls import path

from kith.moments.views import champions, moments, overseeing, rota

urlpatterns = [
    path("on-call/", rota.on_call, name="on-call"),
    path("on-call/new", rota.shift_new, name="on-call-shift-new"),
    path("on-call/shifts/<int:shift_id>/offer", rota.shift_offer, name="on-call-shift-offer"),
    path("on-call/shifts/<int:shift_id>/off", rota.shift_off, name="on-call-shift-off"),
    path("on-call/swaps/<int:swap_id>/take", rota.swap_take, name="on-call-swap-take"),
    path("on-call/swaps/<int:swap_id>/undo", rota.swap_undo, name="on-call-swap-undo"),
    path("on-call/handover", rota.handover, name="on-call-handover"),
    path("on-call/handover/<int:note_id>/take", rota.handover_take, name="on-call-handover-take"),
    path("on-call/calendar", rota.calendar, name="on-call-calendar"),
    path("on-call/calendar/<slug:calendar_secret>.ics", rota.feed, name="on-call-feed"),
    path("moments/", moments.moments, name="moments"),
    path("moments/new", moments.new, name="moment-new"),
    path("moments/mine", moments.mine, name="moments-mine"),
    path("moments/list.csv", moments.moments_csv, name="moments-csv"),
    path("moments/alerts", overseeing.alerts, name="moments-alerts"),
    path("moments/offers", overseeing.offers, name="moments-offers"),
    path("moments/offers.csv", overseeing.offers_csv, name="moments-offers-csv"),
    path("champions/", champions.champions, name="champions"),
    path("champions/new", champions.champion_new, name="champion-new"),
    path("champions/<int:champion_id>/renew", champions.champion_renew, name="champion-renew"),
    path("champions/<int:champion_id>/end", champions.champion_end, name="champion-end"),
    path("moments/rules", overseeing.rules, name="moments-rules"),
    path("moments/<int:moment_id>/", moments.moment, name="moment"),
    path("moments/<int:moment_id>/match", moments.match, name="moment-match"),
]
