/**
 * An everyday run tries a part of what `npm run test:deep` tries: on two cores it is to end within minutes. Where the
 * trials are drawn anew each time, many such runs see what a deep one sees.
 */
const isDeep = process.env.TEST_DEPTH === 'deep'

/** Drawn once, before a test can put a source of its own in the place of chance. */
const drawn = Math.random()

/** How many of so many random trials this run makes. */
export const trials = (all: number): number => (isDeep ? all : Math.ceil(all / 4))

/** Every so many-th of some trials, beginning with another one each time; a deep run takes more of them, or all. */
export const sampled = <Trial>(all: readonly Trial[], every: number, everyInDeep = 1): readonly Trial[] => {
  const step = isDeep ? everyInDeep : every
  const first = Math.floor(drawn * Math.min(step, all.length))
  return all.filter((_, index) => index % step === first)
}

/** Seeds of so many trials, others each time; a failure says which one it was. */
export const seedsOf = (all: number): readonly number[] => {
  const first = Math.floor(drawn * 1_000_000)
  return Array.from({ length: trials(all) }, (_, index) => first + index)
}
