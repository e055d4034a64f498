import type { Outcome } from './trials.ts'

const middleOf = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

/** The documented window: how many steps lie in it, and how long it stays open in virtual time. */
const windowOf = ({ windows }: Outcome): string => {
  const milliseconds = windows.map((one) => Math.round(one.milliseconds)).sort((a, b) => a - b)
  const steps = windows.map((one) => one.steps)
  return `window ${Math.min(...steps)} to ${Math.max(...steps)} steps of the invocation wide, ${milliseconds[0]} / ${middleOf(milliseconds)} / ${milliseconds.at(-1)} ms (least, median, most)`
}

/** One line on what came of all runs of a flow. */
export const summary = (name: string, steps: number, outcome: Outcome): string => {
  const { runs, deaths, doubled, wrong } = outcome
  return `${name}: ${steps} steps, ${runs} runs, ${deaths} deaths, ${wrong.length} wrong, ${doubled} doubled in the window; ${windowOf(outcome)}`
}
