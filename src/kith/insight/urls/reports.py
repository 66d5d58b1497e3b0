"""Where reports stand."""

from django.urls import URLPattern, path

from kith.insight.views import reports, sending

urlpatterns: list[URLPattern] = [
    path("insight/reports/", reports.reports, name="reports"),
    path("insight/reports/new/", reports.new, name="report-new"),
    path("insight/reports/new/<slug:kind>", reports.new_of, name="report-new-of"),
    path("insight/reports/<int:paper_id>/", reports.report, name="report"),
    path("insight/reports/<int:paper_id>/sections/<slug:section>", reports.section, name="report-section"),
    path("insight/reports/<int:paper_id>/sections/<slug:section>/actions/new", reports.step, name="report-step-new"),
    path(
        "insight/reports/<int:paper_id>/sections/<slug:section>/actions/<int:step_number>",
        reports.step,
        name="report-step",
    ),
    path("insight/reports/<int:paper_id>/sign", reports.sign, name="report-sign"),
    path("insight/reports/<int:paper_id>/carry", sending.carry, name="report-carry"),
    path("insight/reports/<int:paper_id>/send", sending.send, name="report-send"),
    path("insight/reports/recipients/<slug:kind>", sending.recipients_of, name="report-recipients"),
    path("insight/reports/<int:paper_id>/file/<slug:form>", reports.report_file, name="report-file"),
]
