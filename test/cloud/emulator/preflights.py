"""Hands preflights to the routes of an HTTP API that has no CORS configuration, as AWS does.

MiniStack 1.5.33 answers every OPTIONS itself, with 403 where CORS is not configured.
"""

from ministack.services import apigateway

handle = apigateway._handle_execute_in_scope


async def execute(api_id, stage, path, method, headers, body, query_params, account, region, raw_query_string=None):
    api = apigateway._apis.get(api_id)
    if method == "OPTIONS" and api and not api.get("corsConfiguration"):
        return await invoke_route(api_id, stage, path, headers, body, query_params, account, region)
    return await handle(api_id, stage, path, method, headers, body, query_params, account, region, raw_query_string)


async def invoke_route(api_id, stage, path, headers, body, query_params, account, region):
    route = apigateway._match_route(api_id, "OPTIONS", path)
    if not route:
        return apigateway._http_api_not_found()
    integration = apigateway._integrations[api_id][route["target"].split("/")[-1]]
    route_key = route["routeKey"]
    parameters = apigateway._extract_path_params(route_key.split(" ")[-1], path) if " " in route_key else None
    lower = {name.lower(): value for name, value in headers.items()}
    return await apigateway._invoke_lambda_proxy(
        integration, api_id, stage, path, "OPTIONS", lower, body, query_params, route_key, parameters or None,
        owner_account_id=account, owner_region=region)


def install() -> None:
    apigateway._handle_execute_in_scope = execute
