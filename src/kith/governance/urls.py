"""Where the pages of governance stand."""

from django.urls import path

from kith.governance.views.audit import audit, audit_export
from kith.governance.views.glass import break_the_glass, review, reviews
from kith.governance.views.looked import record_looked
from kith.governance.views.register import rule, rule_record, rules, rules_csv
from kith.governance.views.staff import staff_bring_back, staff_end, staff_list, staff_member, staff_new

urlpatterns = [
    path("records/<int:subject_id>/looked", record_looked, name="record-looked"),
    path("records/<int:subject_id>/break-glass", break_the_glass, name="break-glass"),
    path("break-glass/", reviews, name="break-glass-reviews"),
    path("break-glass/<int:broken_id>/", review, name="break-glass-review"),
    path("audit/", audit, name="audit"),
    path("audit/export.csv", audit_export, name="audit-export"),
    path("rules/", rules, name="rules"),
    path("rules.csv", rules_csv, name="rules-csv"),
    path("rules/<slug:rule>/", rule, name="rule"),
    path("rules/<slug:rule>/record/<slug:written_as>", rule_record, name="rule-record"),
    path("staff/", staff_list, name="staff"),
    path("staff/new", staff_new, name="staff-new"),
    path("staff/<int:viewer_id>/", staff_member, name="staff-member"),
    path("staff/<int:viewer_id>/end", staff_end, name="staff-end"),
    path("staff/<int:viewer_id>/bring-back", staff_bring_back, name="staff-bring-back"),
]
