/** A shell block of a page, with the block behind it that shows what it prints. */
export interface Example {
  readonly page: string
  readonly code: string
  readonly kind: string
  readonly prints: string | undefined
}

/** Every `sh` block of a Markdown page; a `json` or `text` block that follows directly is what it prints. */
export const examplesOf = (page: string, text: string): Example[] => {
  const pairs = text.matchAll(/```sh\n([\s\S]*?)```(?:\n\n```(json|text)\n([\s\S]*?)```)?/g)
  return [...pairs].map(([, code = '', kind = 'text', prints]) => ({ page, code, kind, prints }))
}

const chances: readonly (readonly [RegExp, string])[] = [
  [/\b(usr|wsp|prj|tsk|inv|rmd|job|tim|fld|pat|grp)_[0-9a-z]{26}\b/g, '$1_…'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '…'],
  [/\?[\w=&.,%-]*cursor=[\w=&.,%-]*/g, '?…'],
]

/** What was printed, with `…` for what differs from run to run. JSON as its value. */
export const withoutChance = (printed: string, kind: string): unknown => {
  const text = chances.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), printed).trim()
  return kind === 'json' ? JSON.parse(text) : text
}
