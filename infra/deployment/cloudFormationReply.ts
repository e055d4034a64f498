/**
 * The request CloudFormation sends to the function behind a custom resource, and the answer it waits for
 * at `ResponseURL`: AWS CloudFormation user guide, "Custom resource request and response objects".
 */
export interface ResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete'
  readonly RequestId: string
  readonly ResponseURL: string
  readonly StackId: string
  readonly LogicalResourceId: string
  readonly PhysicalResourceId?: string
  readonly ResourceProperties: Readonly<Record<string, string>>
}

export type Outcome =
  | { readonly Status: 'SUCCESS'; readonly Data: Readonly<Record<string, string>> }
  | { readonly Status: 'FAILED'; readonly Reason: string }

/** Answers CloudFormation. `NoEcho` keeps the values out of its console and API. */
export async function reply(request: ResourceRequest, outcome: Outcome): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = request
  const PhysicalResourceId = request.PhysicalResourceId ?? LogicalResourceId
  const body = JSON.stringify({
    ...outcome,
    StackId,
    RequestId,
    LogicalResourceId,
    PhysicalResourceId,
    NoEcho: true,
  })
  // The signature of the URL covers an empty content type.
  const response = await fetch(request.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } })
  if (!response.ok) throw new Error(`CloudFormation refused the answer: HTTP ${response.status}`)
}
