"""Keeps records that a stream function reports in `batchItemFailures`.

MiniStack 1.5.33 moves on after any reply that is not an error, and the reported records are lost. Here such a reply
counts as a failed batch, which MiniStack delivers again whole: more often than AWS would, never less.
"""

from ministack.services import lambda_svc

execute = lambda_svc._execute_function


def execute_checked(function, event, *args, **kwargs):
    result = execute(function, event, *args, **kwargs)
    records = event.get("Records") if isinstance(event, dict) else None
    from_stream = bool(records) and records[0].get("eventSource") == "aws:dynamodb"
    body = result.get("body")
    if from_stream and not result.get("error") and isinstance(body, dict) and body.get("batchItemFailures"):
        reported = {"errorType": "BatchItemFailures", "errorMessage": "records reported as failed"}
        return {**result, "error": True, "body": reported}
    return result


def install() -> None:
    lambda_svc._execute_function = execute_checked
