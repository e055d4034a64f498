"""Publishes bounces and complaints of the mailbox simulator to the event bus of a mail's configuration set.

MiniStack 1.5.33 stores event destinations and delivers nothing to them. Shapes after "Examples of Amazon SES event
data" and "Monitoring sending events with EventBridge" in the SES developer guide.
"""

import base64
import json
from datetime import datetime, timezone
from email import message_from_bytes
from email.utils import parseaddr

from ministack.services import eventbridge, ses, ses_v2

DETAIL_TYPES = {"Bounce": "Email Bounced", "Complaint": "Email Complaint Received"}
send_raw = ses._send_raw_email


def publishes(name: str, kind: str) -> bool:
    destinations = (ses_v2._config_sets.get(name) or {}).get("EventDestinations") or {}
    return any(
        one["Enabled"] and one.get("EventBridgeDestination") and kind.upper() in one["MatchingEventTypes"]
        for one in destinations.values()
    )


def outcomes_of(address: str):
    local, _, domain = address.lower().partition("@")
    known = ses._SIMULATOR_OUTCOMES if domain == ses._SIMULATOR_DOMAIN else {}
    return known.get(local.split("+")[0], ())


def tags_of(parameters, name: str) -> dict:
    tags, n = {"ses:configuration-set": [name]}, 1
    while tag := ses._p(parameters, f"Tags.member.{n}.Name"):
        tags[tag] = [ses._p(parameters, f"Tags.member.{n}.Value")]
        n += 1
    return tags


def recipients_of(parameters) -> list[str]:
    named = ses._collect_list(parameters, "Destinations.member")
    header = message_from_bytes(base64.b64decode(ses._p(parameters, "RawMessage.Data"))).get("To", "")
    return [parseaddr(one)[1] for one in named or header.split(",")]


def send(parameters):
    reply = send_raw(parameters)
    name = ses._p(parameters, "ConfigurationSetName")
    if reply[0] != 200 or not name:
        return reply
    at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    message_id = reply[2].decode().partition("<MessageId>")[2].partition("<")[0]
    mail = {"timestamp": at, "messageId": message_id, "tags": tags_of(parameters, name)}
    for address in recipients_of(parameters):
        for kind, subtype in outcomes_of(address):
            if kind in DETAIL_TYPES and publishes(name, kind):
                told = ses._notification_detail(kind, address, at, subtype)
                detail = {"eventType": kind, "mail": {**mail, "destination": [address]}, **told}
                entry = {"Source": "aws.ses", "DetailType": DETAIL_TYPES[kind], "Detail": json.dumps(detail)}
                eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
    return reply


def install() -> None:
    ses._send_raw_email = send
