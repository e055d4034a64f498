/** mailparser ships no types; this is the part the tests read. */
declare module 'mailparser' {
  export interface Address {
    readonly address?: string
    readonly name: string
  }
  export interface ParsedMail {
    readonly subject?: string
    readonly text?: string
    readonly html: string | false
    readonly date?: Date
    readonly messageId?: string
    readonly inReplyTo?: string
    readonly references?: string | readonly string[]
    readonly from?: { readonly value: readonly Address[] }
    readonly to?: { readonly value: readonly Address[] }
    readonly cc?: { readonly value: readonly Address[] }
    readonly bcc?: { readonly value: readonly Address[] }
    readonly headerLines: readonly { readonly key: string; readonly line: string }[]
    readonly attachments: readonly unknown[]
  }
  export function simpleParser(source: Uint8Array): Promise<ParsedMail>
}
