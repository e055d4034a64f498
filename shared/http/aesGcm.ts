import { createCipheriv, createDecipheriv } from 'node:crypto'

const algorithm = 'aes-256-gcm'

/** Bytes of a nonce and of an authentication tag (NIST SP 800-38D). */
export const [nonceBytes, tagBytes] = [12, 16]

/** What AES-256-GCM makes of a text. How the parts are laid out in one is up to whoever keeps them. */
interface Encrypted {
  readonly nonce: Uint8Array
  readonly content: Uint8Array
  readonly tag: Uint8Array
}

/**
 * @param key 32 bytes
 * @param nonce never the same for two texts under one key
 * @param context what it is for: bound to it, and not kept in it
 */
export const encrypt = (key: Uint8Array, nonce: Uint8Array, text: string, context = ''): Encrypted => {
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(context))
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { nonce, content, tag: cipher.getAuthTag() }
}

/** The text again. Throws where the key, the context or any bit is another. */
export const decrypt = (key: Uint8Array, { nonce, content, tag }: Encrypted, context = ''): string => {
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(context)).setAuthTag(tag)
  return Buffer.concat([decipher.update(content), decipher.final()]).toString()
}
