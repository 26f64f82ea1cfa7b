"""Whose request it is, behind proxies and without."""

from importlib import reload

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.test import RequestFactory, override_settings
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle

from config import settings as project


@pytest.mark.parametrize(("proxies", "client"), [("0", "10.0.0.1"), ("1", "192.0.2.7"), ("2", "198.51.100.4")])
def test_address_of_a_client__is_the_one_that_the_last_trusted_proxy_saw(
    proxies: str, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as environment:
        environment.setenv("TRUSTED_PROXIES", proxies)
        told = reload(project)
        count, framework = told.ALLAUTH_TRUSTED_PROXY_COUNT, told.REST_FRAMEWORK
    reload(project)
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.1, 198.51.100.4, 192.0.2.7"
    )
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=count, REST_FRAMEWORK=framework):
        assert get_client_ip(request) == client
        assert AnonRateThrottle().get_ident(Request(request)) == client
