/** What a function answers to a batch when it reports failures per record. */
interface BatchReply {
  readonly batchItemFailures?: readonly { readonly itemIdentifier?: string | null }[] | null
}

/**
 * Identifiers a function reported as failed. `'all'` when the report can't be understood (an empty or unknown
 * identifier, a malformed reply): Lambda then takes the whole batch as failed.
 * Source: "Reporting batch item failures" in the Lambda developer guide.
 */
export function failuresIn(reply: unknown, known: readonly string[]): ReadonlySet<string> | 'all' {
  if (reply === null || reply === undefined) return new Set()
  const failures = (reply as BatchReply).batchItemFailures
  if (failures === null || failures === undefined) return new Set()
  if (!Array.isArray(failures)) return 'all'
  const identifiers = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier)
  const understood = identifiers.every((id): id is string => typeof id === 'string' && known.includes(id))
  return understood ? new Set(identifiers) : 'all'
}
