/**
 * Sentences with what they mean, for somebody in Madrid on Wednesday, 18 November 2026, at 10:00.
 *
 * Tokens are marked where they stand, `⟨kind=value|text⟩`; so is what must not be understood, `⟨?|text⟩`. A recurrence
 * from completion has a `!` before its rule; a reminder is its minutes, with `me` behind for one of one's own.
 */
export const now = '2026-11-18T09:00:00.000Z'
export const zone = 'Europe/Madrid'

/** The marked sentence, its title, and when the task is due: a day, a time of that zone, or nothing. */
export type Sentence = readonly [marked: string, title: string, due?: string]

interface Span {
  readonly start: number
  readonly end: number
  readonly text: string
}
export interface Expected {
  readonly text: string
  readonly tokens: readonly (Span & { readonly kind: string; readonly value: unknown })[]
  readonly notUnderstood: readonly Span[]
}

const values: Readonly<Record<string, (text: string) => unknown>> = {
  estimate: Number,
  recurrence: (text) => ({
    rule: text.replace('!', ''),
    from: text.startsWith('!') ? 'completion' : 'schedule',
  }),
  reminder: (text) => ({
    relativeTo: 'due',
    minutesBefore: Number.parseInt(text, 10),
    for: text.endsWith('me') ? 'me' : 'assignees',
  }),
}

/** The sentence without its marks, and what they say. */
export const expectedOf = (marked: string): Expected => {
  let text = ''
  const tokens = []
  const notUnderstood = []
  for (const [, plain, mark, content = ''] of marked.matchAll(/([^⟨⟩]+)|⟨([^|⟨⟩]*)\|([^⟨⟩]*)⟩/g)) {
    const span = { start: text.length, end: text.length + content.length, text: content }
    text += plain ?? content
    if (mark === undefined) continue
    const [, kind = '', value = ''] = /^([a-zA-Z?]+)=?(.*)$/.exec(mark) ?? []
    if (kind === '?') notUnderstood.push(span)
    else tokens.push({ kind, value: values[kind]?.(value) ?? value, ...span })
  }
  return { text, tokens, notUnderstood }
}
