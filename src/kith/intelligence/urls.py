"""Where intelligence stands."""

from django.urls import path

from kith.intelligence.views import around, bookings, giving, grading

urlpatterns = [
    path("intelligence/new", giving.new, name="intelligence-new"),
    path("intelligence/mine/", giving.mine, name="intelligence-mine"),
    path("intelligence/received/", giving.received, name="intelligence-received"),
    path("intelligence/received/<int:passed_on_id>/", giving.use, name="intelligence-use"),
    path("intelligence/", grading.queue, name="intelligence"),
    path("intelligence/<int:report_id>/", grading.report, name="intelligence-report"),
    path("intelligence/<int:report_id>/version", grading.version, name="intelligence-version"),
    path("intelligence/<int:report_id>/decide", grading.decide, name="intelligence-decide"),
    path("intelligence/<int:report_id>/pass-on", grading.share, name="intelligence-pass-on"),
    path("intelligence/<int:report_id>/close", grading.end, name="intelligence-close"),
    path("intelligence/<int:report_id>/join", grading.join_with, name="intelligence-join"),
    path("intelligence/<int:report_id>/named/<int:named_id>/", grading.named, name="intelligence-named"),
    path("intelligence/<int:report_id>/export.csv", around.export_csv, name="intelligence-export-csv"),
    path("intelligence/<int:report_id>/export.xml", around.export_xml, name="intelligence-export-xml"),
    path("intelligence/bookings/", bookings.bookings, name="intelligence-bookings"),
    path("intelligence/bookings/<int:alike_id>/", bookings.other_booker, name="booking-other-booker"),
    path("intelligence/flags/", around.flags, name="intelligence-flags"),
    path("intelligence/flags/new", around.flag_new, name="intelligence-flag-new"),
    path("intelligence/flags/<int:flag_id>/", around.flag, name="intelligence-flag"),
    path("intelligence/volumes", around.volumes, name="intelligence-volumes"),
    path("intelligence/volumes.csv", around.volumes_csv, name="intelligence-volumes-csv"),
    path("intelligence/sources/", around.sources, name="intelligence-sources"),
    path("intelligence/sources/<slug:number>/", around.source, name="intelligence-source"),
    path("records/<int:subject_id>/intelligence", around.at_record, name="record-intelligence"),
]
