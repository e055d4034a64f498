"""Starts MiniStack with the corrections the suite needs, and ends it when the process that started it is gone."""

import os
import signal
import sys
import threading

import handshakes
import live_endpoint
import mail_events
import mail_rights
import payload_v1
import preflights
import queue_actions
import route_responses
import stream_failures
import transport
from ministack.app import main


def end_with_parent() -> None:
    """The parent holds our standard input open; its end means that nobody is left to stop us."""
    while os.read(0, 4096):
        pass
    os.killpg(os.getpgid(0), signal.SIGKILL)


threading.Thread(target=end_with_parent, daemon=True).start()
live_endpoint.install()
route_responses.install()
handshakes.install()
mail_events.install()
mail_rights.install()
payload_v1.install()
preflights.install()
queue_actions.install()
stream_failures.install()
transport.install()
sys.argv = ["ministack"]
sys.exit(main())
