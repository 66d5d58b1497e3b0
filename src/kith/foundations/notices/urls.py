"""Where notices are marked as seen."""

from django.urls import path

from kith.foundations.notices.views import notices_seen

urlpatterns = [path("notices/seen", notices_seen, name="notices-seen")]
