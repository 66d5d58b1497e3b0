"""Where checks between agencies, presence, the advice line and volumes stand."""

from django.urls import path

from kith.front_door.views import advice, attendance, checks, checks_answer, mailbox, volumes

urlpatterns = [
    path("front-door/<int:contact_id>/checks", checks.contact_checks, name="contact-checks"),
    path("front-door/<int:contact_id>/checks/ask", checks.checks_ask, name="contact-checks-ask"),
    path("front-door/<int:contact_id>/checks/picture", checks.checks_picture, name="contact-checks-picture"),
    path("front-door/checks/<int:check_id>/chase", checks.check_chase, name="check-chase"),
    path("front-door/checks/<int:check_id>/withdraw", checks.check_withdraw, name="check-withdraw"),
    path("checks/", checks_answer.checks_asked, name="checks-asked"),
    path("checks/<int:check_id>", checks_answer.check_answer, name="check-answer"),
    path("checks/answer/<str:token>", checks_answer.check_link, name="check-link"),
    path("checks/answer/<str:token>/keep", checks_answer.check_link_keep, name="check-link-keep"),
    path("front-door/attendance", attendance.attendance, name="attendance"),
    path("front-door/review", attendance.review_pack, name="front-door-review"),
    path("front-door/advice", advice.advice, name="advice"),
    path("front-door/advice/new", advice.advice_new, name="advice-new"),
    path("front-door/advice/<int:consultation_id>", advice.consultation, name="consultation"),
    path("front-door/volumes", volumes.front_door_volumes, name="front-door-volumes"),
    path("front-door/volumes.csv", volumes.front_door_volumes_csv, name="front-door-volumes-csv"),
    path("front-door/mail", mailbox.mail, name="front-door-mail"),
    path("front-door/mail/<int:letter_id>", mailbox.letter, name="front-door-letter"),
]
