"""Honours `PayloadFormatVersion: 1.0` of an HTTP API's Lambda integration.

MiniStack 1.5.33 stores that property and invokes every function with the 2.0 event all the same. Shapes after
"Create AWS Lambda proxy integrations for HTTP APIs" in the API Gateway developer guide.
"""

import base64
import json
import os
import threading

from ministack.core.concurrency import run_reentrant
from ministack.services import apigateway, apigateway_v1, lambda_svc

deliver_2_0 = apigateway._invoke_lambda_proxy
JSON_TYPE = {"Content-Type": "application/json"}
# A function's time limit runs from here on; a hundred cold starts at once on a few cores would all be too late.
SLOTS = threading.BoundedSemaphore(8 * (os.cpu_count() or 1))
SERVER_ERROR = (500, JSON_TYPE, b'{"message":"Internal Server Error"}')


async def invoke(integration, api_id, stage, path, method, headers, body, query_params,
                 route_key="$default", path_params=None, **rest):
    if integration.get("payloadFormatVersion") != "1.0":
        return await deliver_2_0(integration, api_id, stage, path, method, headers, body, query_params,
                                 route_key, path_params, **rest)
    target = apigateway._extract_lambda_ref_from_integration_uri(integration.get("integrationUri", ""))
    function, configuration, _ = lambda_svc._get_func_record_for_ref_in_scope(
        target, account_id=rest.get("owner_account_id"), region=rest.get("owner_region"))
    if function is None or configuration is None:
        return SERVER_ERROR
    event = event_of(api_id, stage, path, method, headers, body, query_params, route_key, path_params)
    record = lambda_svc._execution_record_for_config(function, configuration)
    result = await run_reentrant(execute, record, event, thread_name="http-api-1.0")
    return reply_of(result)


def execute(record, event):
    with SLOTS:
        return lambda_svc._execute_function_with_config_scope(record, event)


def event_of(api_id, stage, path, method, headers, body, query_params, route_key, path_params):
    """The 1.0 event; built by the REST API's own code, with what HTTP APIs do otherwise set right."""
    resource_path = route_key.split(" ", 1)[-1]
    text = apigateway._v2_request_body_is_text(headers.get("content-type"))
    event = apigateway_v1._build_lambda_event_v1(
        api_id, stage, {"variables": apigateway._get_stage_variables(api_id, stage)},
        {"path": resource_path, "id": route_key}, path, method, headers, None, query_params, path_params)
    if body:
        event["body"] = body.decode("utf-8", "replace") if text else base64.b64encode(body).decode("ascii")
        event["isBase64Encoded"] = not text
    # Of a repeated parameter the single-value map holds the last, as on AWS; the REST API code takes the first.
    repeated = event["multiValueQueryStringParameters"]
    event["queryStringParameters"] = repeated and {name: values[-1] for name, values in repeated.items()}
    host = headers.get("host", "")
    event["requestContext"] |= {
        "path": path if stage == "$default" else f"/{stage}{path}",
        "domainName": host.split(":")[0],
        "domainPrefix": api_id,
    }
    return event


def reply_of(result):
    """Status, headers and body bytes of what the function returned; anything but a proxy reply is a 500."""
    payload = None if result.get("error") or result.get("throttle") else result.get("body")
    if isinstance(payload, (str, bytes)):
        payload = parsed(payload)
    if not isinstance(payload, dict) or "statusCode" not in payload:
        return SERVER_ERROR
    body = payload.get("body") or ""
    headers = {"Content-Type": "text/plain;charset=UTF-8"} if body else {}
    for name, value in {**(payload.get("headers") or {}), **(payload.get("multiValueHeaders") or {})}.items():
        for known in [known for known in headers if known.lower() == name.lower()]:
            del headers[known]
        headers[name] = list(value) if isinstance(value, (list, tuple)) else str(value)
    content = base64.b64decode(body) if payload.get("isBase64Encoded") else body.encode("utf-8")
    return int(payload["statusCode"]), headers, content


def parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        return None


def install() -> None:
    apigateway._invoke_lambda_proxy = invoke
