"""Where kept files stand."""

from django.urls import path

from kith.foundations.documents.views import document

urlpatterns = [path("documents/<int:document_id>", document, name="document")]
