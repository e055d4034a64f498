"""Authorises SendRawEmail on the sender's identity, with `ses:FromAddress`, as AWS does.

MiniStack 1.5.33 knows neither for the SES v1 API, so that a grant which names them allows nothing. See "Actions,
resources, and condition keys for Amazon SES" in the service authorization reference.
"""

import base64
from email import message_from_bytes
from email.utils import parseaddr

from ministack.core import iam_actions
from ministack.services import ses

resource_of = iam_actions.extract_resource_arn
context_of = iam_actions.request_tag_context


def sender_of(parameters) -> str:
    """Address in the From header of the raw message, which takes precedence, or in `Source`."""
    raw = base64.b64decode(iam_actions._query_param(parameters, "RawMessage.Data"))
    header = message_from_bytes(raw).get("From") or iam_actions._query_param(parameters, "Source")
    return parseaddr(header)[1]


def resource(service, method, path, headers, body, parameters, region, account):
    if service == "ses" and iam_actions._query_param(parameters, "Action") == "SendRawEmail":
        address = sender_of(parameters)
        identity = address if address in ses._identities else address.rpartition("@")[2]
        return f"arn:aws:ses:{region}:{account}:identity/{identity}"
    return resource_of(service, method, path, headers, body, parameters, region, account)


def context(service, action, body, parameters):
    known = context_of(service, action, body, parameters)
    return known | {"ses:FromAddress": sender_of(parameters)} if action == "ses:SendRawEmail" else known


def install() -> None:
    iam_actions.extract_resource_arn = resource
    iam_actions.request_tag_context = context
