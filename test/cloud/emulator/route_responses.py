"""Sends what the function of a WebSocket route answers back over the connection, if the route has a route response.

MiniStack 1.5.33 sends it back in any case, and its CloudFormation knows no AWS::ApiGatewayV2::RouteResponse. See "Set up
route responses for WebSocket APIs" in the API Gateway developer guide.
"""

import json

from ministack.services import apigateway
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

invoke_route = apigateway._invoke_ws_lambda


def create(logical_id, properties, stack_name):
    api_id, route_id = properties["ApiId"], properties["RouteId"].split("/")[-1]
    status, _, body = apigateway._create_route_response(
        api_id, route_id, {"routeResponseKey": properties["RouteResponseKey"]})
    if status >= 400:
        raise ValueError(body.decode())
    response_id = json.loads(body)["routeResponseId"]
    return f"{api_id}/{route_id}/{response_id}", {"RouteResponseId": response_id}


def delete(physical_id, properties):
    apigateway._delete_route_response(*physical_id.split("/"))


async def invoke(api_id, account_id, region, route, stage, connection_id, event_type, *args, **kwargs):
    reply = await invoke_route(api_id, account_id, region, route, stage, connection_id, event_type, *args, **kwargs)
    responses = apigateway._route_responses.get(api_id, {}).get(route["routeId"])
    return None if event_type == "MESSAGE" and not responses else reply


def install() -> None:
    _RESOURCE_HANDLERS["AWS::ApiGatewayV2::RouteResponse"] = {"create": create, "delete": delete}
    apigateway._invoke_ws_lambda = invoke
