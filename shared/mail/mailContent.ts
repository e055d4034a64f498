import type { Catalogue } from './messages/messages.ts'
import type { Recipient } from './notice.ts'
import type { Line } from './template.ts'

export interface Fact {
  readonly label: string
  readonly value: string
}

/** One task or notice in a list, and the page it leads to. */
export interface ListItem {
  readonly line: Line
  readonly note?: Line
  readonly quote?: readonly string[]
  readonly url: string
}

export interface List {
  readonly title?: Line
  readonly items: readonly ListItem[]
  /** How many there are besides. */
  readonly more?: Line
}

/** What a mail says, before it becomes HTML or text. Values are single lines but not escaped. */
export interface MailContent {
  readonly subject: Line
  /** Stands out above everything else. */
  readonly alert?: Line
  readonly greeting: Line
  readonly intro: Line
  /** Somebody's own words, line by line. */
  readonly quote?: readonly string[]
  readonly facts: readonly Fact[]
  readonly lists?: readonly List[]
  readonly action: { readonly label: string; readonly url: string }
  /** Why the recipient gets this mail. */
  readonly reason: string
  /** Where such mails are stopped. */
  readonly stop?: { readonly label: string; readonly url: string }
}

/** For whom it is said, and in which words. */
export type Reader = Pick<Recipient, 'name' | 'language' | 'zone'> & {
  readonly words: Catalogue
  readonly publicUrl: string
}

/** What the kinds differ in. */
export type Body = Omit<MailContent, 'greeting' | 'action' | 'stop'> & { readonly action: string }
