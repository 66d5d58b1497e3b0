from django.urls import path

from kith.foundations.design_system import views

urlpatterns = [
    path("theme.css", views.theme, name="theme"),
    path("design-system", views.gallery, name="design-system"),
]
