import pytest


@pytest.fixture(autouse=True)
def _whole_site(settings):
    settings.ROOT_URLCONF = "kith.desk.tests.whole_site"
