"""Where assessments of groups and places are written, read, looked at again and printed."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from kith.subjects.assessing import views


class OfKind(StringConverter):
    """Whose assessments: groups’ or places’; to a view the kind of subject."""

    regex = "groups|places"

    def to_python(self, value: str) -> str:
        return value.removesuffix("s")

    def to_url(self, value: str) -> str:
        return f"{value.removesuffix('s')}s"


register_converter(OfKind, "assessed")
ONE = "<assessed:of_kind>/assessments/<int:assessment_id>"
urlpatterns = [
    path("records/<int:subject_id>/assess", views.assess, name="assess"),
    path(f"{ONE}/", views.assessment, name="assessment"),
    path(f"{ONE}/print", views.printed, name="assessment-print"),
    path(f"{ONE}/review", views.review, name="assessment-review"),
]
