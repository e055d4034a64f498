import { Failure } from '../domain/failure.ts'

/** Strong entity tag (RFC 9110, 8.8.3) of a version. */
export const etagOf = (version: number): string => `"${version}"`

/** The version that If-Match names; `*` asks only that the target exists, which every write does. */
export const expectedVersion = (ifMatch: string | undefined): number | undefined => {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const [, version] = /^"(\d{1,15})"$/.exec(ifMatch.trim()) ?? []
  if (version === undefined) {
    throw new Failure('invalid-request', undefined, {
      errors: [{ pointer: 'If-Match', detail: 'must be the one ETag that the resource was read with' }],
    })
  }
  return Number(version)
}

/** Whether If-None-Match (a list, weak comparison) holds the current tag. */
export const isNotModified = (ifNoneMatch: string | undefined, version: number | undefined): boolean => {
  if (ifNoneMatch === undefined || version === undefined) return false
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(etagOf(version))
}
