"""Counts loopback requests as made over TLS, since the policies that demand TLS (CDK's asset bucket) are enforced here."""

from ministack import app

pin = app.pin_request_origin


def install() -> None:
    app.pin_request_origin = lambda source_ip, secure: pin(source_ip, True)
