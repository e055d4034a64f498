"""Serves functions the management of WebSocket connections, which they address by the host that API Gateway gives it.

That host is none here; it becomes the path at which MiniStack 1.5.33 answers for it. An SDK's endpoint variable cannot
say so: the path holds the id of the API.
"""

import os
import re

from ministack.core import lambda_runtime

MANAGEMENT = re.compile(r"^https://(?P<api>[a-z0-9]+)\.execute-api\.[^/]+/(?P<stage>[\w-]+)$")
VARIABLE = "LIVE_ENDPOINT"
Worker = lambda_runtime.Worker
spawn = Worker._spawn


def served(url: str) -> str:
    match = MANAGEMENT.match(url)
    if match is None:
        return url
    return f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/_aws/execute-api/{match['api']}/{match['stage']}"


def spawn_told(self, *args, **kwargs):
    variables = (self.config.get("Environment") or {}).get("Variables") or {}
    if VARIABLE in variables:
        told = {**variables, VARIABLE: served(variables[VARIABLE])}
        self.config = {**self.config, "Environment": {**self.config["Environment"], "Variables": told}}
    return spawn(self, *args, **kwargs)


def install() -> None:
    Worker._spawn = spawn_told
