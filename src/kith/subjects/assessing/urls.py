"""Where a group’s assessment is written, read, looked at again and printed."""

from django.urls import path

from kith.subjects.assessing import views

urlpatterns = [
    path("records/<int:subject_id>/assess", views.assess, name="group-assess"),
    path("groups/assessments/<int:group_assessment_id>/", views.assessment, name="group-assessment"),
    path("groups/assessments/<int:group_assessment_id>/print", views.printed, name="group-assessment-print"),
    path("groups/assessments/<int:group_assessment_id>/review", views.review, name="group-assessment-review"),
]
