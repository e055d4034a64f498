"""Authorises the batch calls of SQS as the single ones, as AWS does: there is no action `sqs:SendMessageBatch`.

See "Amazon SQS API permissions" in the SQS developer guide. MiniStack 1.5.33 asks for a grant of the batch's own name.
"""

from ministack.core import iam_actions

action_of = iam_actions.extract_iam_action


def single_action(*args, **kwargs):
    action = action_of(*args, **kwargs)
    return action.removesuffix("Batch") if action and action.startswith("sqs:") else action


def install() -> None:
    iam_actions.extract_iam_action = single_action
