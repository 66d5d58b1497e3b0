"""Where weighing contexts stands; a record's own page of it is the desk's."""

from django.urls import path

from kith.contexts.views import changes, weighings

urlpatterns = [
    path("contexts/", weighings.mine, name="contexts-mine"),
    path("records/<int:subject_id>/contexts/weigh", weighings.begin, name="weighing-begin"),
    path("weighings/<int:weighing_id>", weighings.weighing, name="weighing"),
    path("weighings/<int:weighing_id>/family", weighings.family, name="weighing-family"),
    path("weighings/<int:weighing_id>/sign", weighings.sign, name="weighing-sign"),
    path("weighings/<int:weighing_id>/shared", weighings.shared_new, name="weighing-shared"),
    path("weighings/<int:weighing_id>/discard", weighings.discard, name="weighing-discard"),
    path("weighings/<int:weighing_id>/contexts/new", weighings.context_new, name="weighing-context-new"),
    path("weighings/<int:weighing_id>/contexts/<int:context_id>", weighings.context, name="weighing-context"),
    path(
        "weighings/<int:weighing_id>/contexts/<int:context_id>/out", weighings.context_out, name="weighing-context-out"
    ),
    path("weighings/<int:weighing_id>/changes/new", changes.change_new, name="context-change-new"),
    path("records/<int:subject_id>/changes/new", changes.change_there, name="context-change-there"),
    path("contexts/changes/<int:context_change_id>", changes.change, name="context-change"),
    path("contexts/changes/<int:context_change_id>/pathway", changes.pathway, name="context-change-pathway"),
]
