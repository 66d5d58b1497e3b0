"""Where case audits stand. /audit is the record of who looked, which is another thing."""

from django.urls import path

from kith.case_audits.views import audits, groups, learning, library, programme, templates

urlpatterns = [
    path("case-audits/", programme.overview, name="case-audits"),
    path("case-audits/draw", programme.draw, name="case-audits-draw"),
    path("case-audits/meetings/new", programme.meeting, name="case-audits-meeting"),
    path("case-audits/groups", groups.groups, name="case-audits-groups"),
    path("case-audits/groups/new", groups.group_new, name="case-audits-group-new"),
    path("case-audits/groups/<int:audit_group_id>", groups.group, name="case-audit-group"),
    path("case-audits/groups/<int:audit_group_id>.ics", groups.group_calendar, name="case-audit-group-calendar"),
    path("case-audits/groups/<int:audit_group_id>/meeting", groups.group_meeting, name="case-audit-group-meeting"),
    path("case-audits/groups/<int:audit_group_id>/end", groups.group_end, name="case-audit-group-end"),
    path("case-audits/learning", learning.learning, name="case-audits-learning"),
    path("case-audits/learning.csv", learning.learning_csv, name="case-audits-learning-csv"),
    path("case-audits/learning/new", learning.learning_new, name="case-audits-learning-new"),
    path("case-audits/learning/<int:learning_id>", learning.learned, name="case-audit-learned"),
    path("case-audits/learning/rhythm", learning.rhythm, name="case-audits-rhythm"),
    path("case-audits/learning/in-time.csv", learning.in_time_csv, name="case-audits-in-time-csv"),
    path("case-audits/learning/<int:learning_id>/read", learning.read, name="case-audit-learned-read"),
    path("case-audits/learning/<int:learning_id>/changed", learning.changed, name="case-audit-learned-changed"),
    path("case-audits/library", library.library, name="case-audits-library"),
    path("case-audits/library.csv", library.library_csv, name="case-audits-library-csv"),
    path("case-audits/library/new", library.hand_in, name="case-audits-hand-in"),
    path("case-audits/library/<int:submission_id>", library.submission, name="case-audit-submission"),
    path("case-audits/library/<int:submission_id>/withdraw", library.withdraw, name="case-audit-withdraw"),
    path("case-audits/templates", templates.templates, name="case-audits-templates"),
    path("case-audits/templates/<slug:template_key>", templates.template, name="case-audit-template"),
    path("case-audits/templates/<slug:template_key>.pdf", templates.template_blank, name="case-audit-template-blank"),
    path("case-audits/templates/<slug:template_key>/edit", templates.template_edit, name="case-audit-template-edit"),
    path("case-audits/mine", audits.mine, name="case-audits-mine"),
    path("case-audits/actions/<int:audit_action_id>", audits.action_done, name="case-audit-action"),
    path("case-audits/<int:case_audit_id>", audits.audit, name="case-audit"),
    path("case-audits/<int:case_audit_id>/open", audits.open_record, name="case-audit-open"),
    path("case-audits/<int:case_audit_id>/today", audits.today, name="case-audit-today"),
    path("case-audits/<int:case_audit_id>/questions", audits.questions, name="case-audit-questions"),
    path("case-audits/<int:case_audit_id>/complete", audits.complete, name="case-audit-complete"),
    path("case-audits/<int:case_audit_id>/reflect", audits.reflect, name="case-audit-reflect"),
    path("case-audits/<int:case_audit_id>/actions/new", audits.action_new, name="case-audit-action-new"),
    path("case-audits/<int:case_audit_id>/again", audits.again, name="case-audit-again"),
]
