import { createHmac } from 'node:crypto'
import { decrypt, encrypt, nonceBytes, tagBytes } from './aesGcm.ts'

/** A key of its own for each use of the deployment's one. */
const derived = (key: string, use: string): Buffer => createHmac('sha256', key).update(`seal ${use}`).digest()

/** The same text for the same use has the same nonce, and no other text has it: so it may be used again. */
const nonceOf = (key: string, context: string, text: string): Buffer =>
  createHmac('sha256', derived(key, 'nonce')).update(`${context}\n${text}`).digest().subarray(0, nonceBytes)

/**
 * A text that callers carry about and can neither change nor read: a place in a list may be that of something which
 * they may not see. AES-256-GCM (NIST SP 800-38D).
 * @param context what the text is for, so that what is sealed for one use opens for no other
 */
export const seal = (key: string, context: string, text: string): string => {
  const { nonce, tag, content } = encrypt(derived(key, 'text'), nonceOf(key, context, text), text, context)
  return Buffer.concat([nonce, tag, content]).toString('base64url')
}

/** What was sealed under the same key for the same use; `undefined` for anything else. */
export const unseal = (key: string, context: string, sealed: string): string | undefined => {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < nonceBytes + tagBytes) return undefined
  const nonce = bytes.subarray(0, nonceBytes)
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes)
  const content = bytes.subarray(nonceBytes + tagBytes)
  try {
    return decrypt(derived(key, 'text'), { nonce, tag, content }, context)
  } catch {
    // Not ours, or for something else: which of them is nobody's business.
    return undefined
  }
}
