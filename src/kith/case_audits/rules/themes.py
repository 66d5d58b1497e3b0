"""What audits are about: one list for the library, the groups that meet and the templates."""

from __future__ import annotations

THEMES = {
    "neglect": "Neglect",
    "sexual-exploitation": "Sexual exploitation",
    "criminal-exploitation": "Criminal exploitation",
    "missing": "Children missing",
    "domestic-abuse": "Domestic abuse",
    "voice": "The child’s voice",
    "front-door": "Front door and referrals",
    "other": "Something else",
}
