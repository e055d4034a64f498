import type { QuickAddToken } from '../../api/schemas/quickAdd.ts'

type Meaning<Token> = Token extends { kind: infer Kind; value: infer Value }
  ? { readonly kind: Kind; readonly value: Value }
  : never

/** What a token says, wherever it stands. */
export type Sense = Meaning<QuickAddToken>

type ValueOf<Kind, One = Sense> = One extends { kind: infer Kinds; value: infer Value }
  ? Kind extends Kinds
    ? Value
    : never
  : never

/** What tokens of a kind say, in their order. */
export const valuesOf = <Kind extends Sense['kind']>(senses: readonly Sense[], kind: Kind): ValueOf<Kind>[] =>
  senses.filter((sense) => sense.kind === kind).map(({ value }) => value as ValueOf<Kind>)

/** A stretch of a line, in offsets of the line: a token, something not understood, or text to be left as it is. */
export type Found = { readonly start: number; readonly end: number } & (
  | { readonly sense: Sense }
  | { readonly reason: string }
  | { readonly plain: true }
)
export type FoundToken = Extract<Found, { sense: Sense }>

/** The person's time: the instant (RFC 3339), their zone (IANA), and what their clock shows (`2026-11-21T09:00`). */
export interface Here {
  readonly now: string
  readonly zone: string
  readonly wall: string
}

/** The line with a stretch of it blanked out, offsets kept. */
export const mask = (line: string, { start, end }: { start: number; end: number }, by: string): string =>
  line.slice(0, start) + by.repeat(end - start) + line.slice(end)

/** A pattern with flag `y`, at one place. */
export const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}
