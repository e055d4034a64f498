import type { RankedList } from './rankedList.ts'

/** Made for one list; each call makes the next move in it, out to make ranks long. */
type Adversary = (list: RankedList) => () => void

const last = (list: RankedList): number => list.rows.length - 1
const anyPlace = (list: RankedList): number => Math.floor(list.draw() * list.rows.length)

/** The last or the first row, whichever is in the other half, to right behind or right before a row. */
const moveBeside = (list: RankedList, place: number, side: 'behind' | 'before'): void => {
  const [from, shift] = place < list.rows.length / 2 ? [last(list), 0] : [0, -1]
  list.move(from, place + shift + (side === 'behind' ? 1 : 0))
}

const placeOfLongest = (list: RankedList): number => {
  const lengths = list.rows.map(({ rank }) => rank.length)
  return lengths.indexOf(Math.max(...lengths))
}

export const adversaries = {
  'always right behind the same task': (list) => () => moveBeside(list, 10, 'behind'),
  'always right before the same task': (list) => {
    const pivot = list.rows[last(list) - 10]
    return () => moveBeside(list, pivot === undefined ? 0 : list.rows.indexOf(pivot), 'before')
  },
  'between the two moved last, which become lower and upper bound by turns': (list) => {
    let [gap, turn] = [10, 0]
    return () => {
      list.move(last(list), gap)
      gap += turn++ % 2
      if (gap > list.rows.length / 2) gap = 10
    }
  },
  'the first to the end, the last to the front, by turns': (list) => {
    let turn = 0
    return () => (turn++ % 2 === 0 ? list.move(0, last(list)) : list.move(last(list), 0))
  },
  'the last to the front': (list) => () => list.move(last(list), 0),
  'the first to the end': (list) => () => list.move(0, last(list)),
  'one task to and fro between two gaps': (list) => {
    let turn = 0
    const [near, far] = [5, list.rows.length - 6]
    return () => (turn++ % 2 === 0 ? list.move(far, near) : list.move(near, far))
  },
  'always another task into two gaps by turns': (list) => {
    let turn = 0
    const pivots = [5, list.rows.length - 6].map((place) => list.rows[place])
    return () => {
      const [near = 0, far = 0] = pivots.map((pivot) => list.rows.findIndex(({ id }) => id === pivot?.id))
      const middle = Math.floor((near + far) / 2)
      if (turn++ % 2 === 0) list.move(middle, near + 1)
      else list.move(middle, far - 1)
    }
  },
  'half of the list through one gap, and back through another': (list) => {
    const half = Math.floor(list.rows.length / 2)
    let turn = 0
    return () => {
      const isThere = Math.floor(turn++ / half) % 2 === 0
      if (isThere) list.move(last(list), 3)
      else list.move(4, last(list) - 3)
    }
  },
  'to wherever the rank is longest': (list) => () => moveBeside(list, placeOfLongest(list), 'before'),
  'from anywhere to anywhere': (list) => () =>
    list.move(anyPlace(list), Math.min(anyPlace(list), last(list))),
} satisfies Record<string, Adversary>
