import * as z from 'zod/mini'

/** Any Unicode but NUL and lone surrogates, which no store and no peer can hold. */
const wellFormed = z.check<string>(({ value, issues }) => {
  if (value.includes('\u0000') || !value.isWellFormed()) {
    issues.push({ code: 'custom', input: value, message: 'must be well-formed Unicode without NUL' })
  }
})

const bytes = (maximum: number) =>
  z.check<string>(({ value, issues }) => {
    if (Buffer.byteLength(value) > maximum) {
      issues.push({ code: 'custom', input: value, message: `must be at most ${maximum} bytes of UTF-8` })
    }
  })

/** A line or name: `minimum` to `maximum` characters (code points), counted after trimming. */
export const text = (minimum: number, maximum: number) =>
  z.string().check(
    z.trim(),
    wellFormed,
    z.check<string>(({ value, issues }) => {
      const { length } = [...value]
      if (length < minimum || length > maximum) {
        issues.push({
          code: 'custom',
          input: value,
          message: `must have ${minimum} to ${maximum} characters`,
        })
      }
    }),
    z.meta({ minLength: minimum, maxLength: maximum }),
  )

/** Markdown of at most `maximumBytes` of UTF-8. */
export const markdown = (maximumBytes: number) =>
  z.string().check(wellFormed, bytes(maximumBytes), z.meta({ maxLength: maximumBytes }))

/** A valid e-mail address as HTML defines it (html.spec.whatwg.org, 4.10.5.1.5), with a dot in its domain. */
const addressPattern =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/

/** Address as people type it; compared in lower case (RFC 5321 limits its length to 254). */
export const mailAddress = z
  .string()
  .check(
    z.trim(),
    z.toLowerCase(),
    z.maxLength(254),
    z.regex(addressPattern, { error: 'must be a mail address' }),
    z.meta({ format: 'email' }),
  )

export const password = z.string().check(wellFormed, z.minLength(1), z.maxLength(256))
/** Six digits that Cognito mails. */
export const confirmationCode = z
  .string()
  .check(z.regex(/^\d{4,8}$/, { error: 'must be the digits from the mail' }))
