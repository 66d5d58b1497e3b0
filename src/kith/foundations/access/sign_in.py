"""How staff sign in: nobody signs themselves up; people are added by an administrator."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's behaviour, without open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
