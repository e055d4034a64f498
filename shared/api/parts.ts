import type { Schedule } from './declaration.ts'

/** One of the invocations that a schedule makes at once; this is what it is called with. */
export interface Part {
  /** From 0. */
  readonly part: number
  readonly parts: number
}

export const partsOf = ({ parts = 1 }: Schedule): Part[] =>
  Array.from({ length: parts }, (_, part) => ({ part, parts }))

/** What falls to one of them. */
export const mine = <One>({ part, parts }: Part, all: readonly One[]): One[] =>
  all.filter((_, n) => n % parts === part)
