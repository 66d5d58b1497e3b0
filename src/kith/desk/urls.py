"""Where the desk and the record pages stand."""

from django.urls import path

from kith.desk.views.caseload import caseload, caseload_csv, caseload_due_csv, caseload_record, caseload_worker
from kith.desk.views.chronology import chronology, printed
from kith.desk.views.contexts import contexts
from kith.desk.views.desk import desk
from kith.desk.views.involved import involved
from kith.desk.views.links import links
from kith.desk.views.missing import missing
from kith.desk.views.overview import overview

urlpatterns = [
    path("", desk, name="desk"),
    path("caseload", caseload, name="caseload"),
    path("caseload/workers.csv", caseload_csv, name="caseload-csv"),
    path("caseload/due.csv", caseload_due_csv, name="caseload-due-csv"),
    path("caseload/workers/<int:worker_id>", caseload_worker, name="caseload-worker"),
    path("caseload/records/<int:drawn>", caseload_record, name="caseload-record"),
    path("records/<int:subject_id>/", overview, name="record"),
    path("records/<int:subject_id>/chronology", chronology, name="record-chronology"),
    path("records/<int:subject_id>/chronology/print", printed, name="record-print"),
    path("records/<int:subject_id>/involved", involved, name="record-involved"),
    path("records/<int:subject_id>/links", links, name="record-links"),
    path("records/<int:subject_id>/contexts", contexts, name="record-contexts"),
    path("records/<int:subject_id>/missing", missing, name="record-missing"),
]
