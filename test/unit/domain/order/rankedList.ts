import { expect } from 'vitest'
import { compareRanked, firstRank, maxRankLength, rankBetween } from '../../../../shared/domain/order/rank.ts'
import { inTransactions, mostPerTransaction } from '../../../../shared/domain/order/rebalance.ts'
import { firstReach, type Window, windowFor } from '../../../../shared/domain/order/window.ts'

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
export const drawsFrom = (start: number) => {
  let state = start
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Row {
  readonly id: string
  rank: string
}

/**
 * A list as the product keeps it: rows with ranks, moved by one write each and shortened by a consumer that trails.
 * `rows` is the plain array by which it is judged: moves happen in it by place, whatever the ranks say.
 */
export class RankedList {
  readonly rows: Row[]
  readonly draw: () => number
  readonly lag: number
  moves = 0
  shortened = 0
  transactions = 0
  windows = 0
  largestWindow = 0
  longest = 0
  private readonly waiting: { row: Row; due: number }[] = []

  /** @param lag moves that happen before the consumer gets to one */
  constructor(size: number, draw: () => number, { lag = 0, apartMs = 60_000 } = {}) {
    this.draw = draw
    this.lag = lag
    this.rows = Array.from({ length: size }, (_, n) => this.born(n, apartMs))
  }

  /** Takes the row at `from` out and puts it in at `to` of what remains. */
  move(from: number, to: number): void {
    const [row] = this.rows.splice(from, 1)
    if (row === undefined) throw new Error(`no row ${from}`)
    this.put(row, to)
  }

  /** A new row, in a place other than the last. */
  insert(to: number): void {
    this.put(this.born(this.rows.length, 60_000), to)
  }

  expectOrder(): void {
    expect([...this.rows].sort(compareRanked)).toEqual(this.rows)
  }

  private born(n: number, apartMs: number): Row {
    const seed = Uint8Array.from({ length: 3 }, () => Math.floor(this.draw() * 256))
    return { id: `t${String(n).padStart(6, '0')}`, rank: firstRank(1_767_225_600_000 + n * apartMs, seed) }
  }

  private put(row: Row, to: number): void {
    const [after, before] = [this.rows[to - 1]?.rank ?? null, this.rows[to]?.rank ?? null]
    const placed = rankBetween(after, before, this.draw())
    if (placed.kind !== 'between') throw new Error(`${placed.kind}: ${after} and ${before}`)
    row.rank = placed.rank
    this.rows.splice(to, 0, row)
    this.checkAround(to, to + 1)
    this.moves++
    this.longest = Math.max(this.longest, row.rank.length)
    if (row.rank.length > maxRankLength) this.waiting.push({ row, due: this.moves + this.lag })
    while (this.waiting[0] !== undefined && this.waiting[0].due <= this.moves) this.consume()
  }

  private consume(): void {
    const row = this.waiting.shift()?.row
    // It may have been shortened along with another one, or moved to where there is room.
    while (row !== undefined && row.rank.length > maxRankLength) this.shorten(this.windowAround(row))
  }

  private shorten(window: Window): void {
    const rows = window.items as Row[]
    const start = this.rows.indexOf(rows[0] as Row)
    this.windows++
    this.largestWindow = Math.max(this.largestWindow, rows.length)
    for (const transaction of inTransactions(rows, window.ranks)) {
      if (transaction.length > mostPerTransaction) throw new Error('too many for a transaction')
      const ranks = new Map(transaction.map(({ id, rank }) => [id, rank]))
      for (const row of rows) row.rank = ranks.get(row.id) ?? row.rank
      this.checkAround(start, start + rows.length)
      this.shortened += transaction.length
      this.transactions++
    }
  }

  private windowAround(row: Row): Window {
    const at = this.rows.indexOf(row)
    for (let reach = firstReach; ; reach *= 4) {
      const [from, to] = [Math.max(0, at - reach), at + reach + 1]
      const items = this.rows.slice(from, to)
      const found = windowFor({ items, isStart: from === 0, isEnd: to >= this.rows.length })
      if (found !== undefined) return found
      if (items.length === this.rows.length) throw new Error('the whole list was in sight')
    }
  }

  /** Rows of a stretch, and the one on either side, have ranks that grow: so the whole list's do, if they did before. */
  private checkAround(from: number, to: number): void {
    for (let n = Math.max(1, from); n < Math.min(to + 1, this.rows.length); n++) {
      const [one, next] = [this.rows[n - 1] as Row, this.rows[n] as Row]
      if (one.rank >= next.rank) throw new Error(`out of order at ${n}: ${one.rank}, ${next.rank}`)
    }
  }
}
