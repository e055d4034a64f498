/**
 * Where attached files lie in the bucket, how they come in, and under which headers they go out. Infrastructure, the
 * object store and the local part share it.
 */

/**
 * Beginnings of object keys: what has been uploaded and nobody vouches for yet, what a task holds, and what people
 * have asked for of their own data.
 */
export const filePrefixes = { uploads: 'uploads/', files: 'files/', exports: 'exports/' } as const

/** An upload that no task has taken by then is dropped. */
export const uploadDays = 1

/** So long an export can be downloaded. */
export const exportDays = 7

/** Largest attachment, in bytes: 50 MB. */
export const maximumFileSize = 52_428_800

/**
 * Headers of every answer of the files origin. Whatever a file pretends to be, a browser neither guesses its type nor
 * lets it run, frame or be embedded.
 */
export const fileHeaders = {
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'private, no-store',
} as const

/** What browsers of the allowed origins may send to the bucket: uploads, nothing else. */
export const uploadCors = {
  methods: ['PUT'],
  headers: ['content-type', 'if-none-match'],
  maxAgeSeconds: 3600,
} as const
