/** Random numbers that a seed decides (mulberry32, public domain): the same seed, the same run. */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number): number => Math.floor(number() * count)
  return {
    /** From 0, below 1. */
    number,
    below,
    chance: (probability: number): boolean => number() < probability,
    shuffled: <T>(all: readonly T[]): T[] => {
      const rest = [...all]
      return all.map(() => rest.splice(below(rest.length), 1)[0] as T)
    },
  }
}
export type Random = ReturnType<typeof randomFrom>
