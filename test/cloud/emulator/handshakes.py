"""Answers a WebSocket upgrade as the $connect function says: with the subprotocol it chose, or with its refusal.

MiniStack 1.5.33 accepts without a subprotocol, which clients that offered some take for a failure, and refuses with
403 whatever the status was. See "Setting up a $connect route that requires a WebSocket subprotocol" in the API Gateway
developer guide.
"""

from contextvars import ContextVar

from ministack.services import apigateway

PROTOCOL = "sec-websocket-protocol"
answer = ContextVar("answer of $connect", default=None)
handle = apigateway.handle_websocket


def noting(invoke_route):
    """Invokes a route, and keeps what $connect answers for the upgrade that waits for it."""

    async def invoke(api_id, account_id, region, route, stage, connection_id, event_type, *args, **kwargs):
        reply = await invoke_route(
            api_id, account_id, region, route, stage, connection_id, event_type, *args, **kwargs)
        if event_type == "CONNECT":
            answer.set({"id": connection_id, **(reply or {})})
        return reply

    return invoke


def chosen(reply):
    """The subprotocol in the headers of a reply, whatever their case."""
    headers = (reply or {}).get("headers") or {}
    return next((value for name, value in headers.items() if name.lower() == PROTOCOL), None)


async def serve(scope, receive, send, api_id, path_override=None):
    accepted = False

    async def send_as_told(message):
        nonlocal accepted
        reply = answer.get()
        if message["type"] == "websocket.accept":
            accepted = True
            await send({**message, "subprotocol": chosen(reply)})
        elif message["type"] == "websocket.close" and reply and not accepted:
            status = int(reply.get("statusCode", 500))
            await apigateway._refuse_ws_handshake(scope, send, status, "", reply["id"], "")
        else:
            await send(message)

    await handle(scope, receive, send_as_told, api_id, path_override)


def install() -> None:
    apigateway._invoke_ws_lambda = noting(apigateway._invoke_ws_lambda)
    apigateway.handle_websocket = serve
