import type { Spoil } from './aws/cloud.ts'
import { type Fault, faults, faultsOf, type Plan, type Step, type Window } from './aws/lambda.ts'
import { type Random, randomFrom } from './aws/random.ts'
import { judge } from './judge.ts'
import { type Conditions, play, type Stage, type Theatre } from './stage.ts'

/** What came of all runs of a flow. */
export interface Outcome {
  runs: number
  deaths: number
  doubled: number
  /** Runs in which something was lost, doubled outside the window, or told to the wrong person. */
  readonly wrong: string[]
  readonly windows: Window[]
}

export const nothingYet = (): Outcome => ({ runs: 0, deaths: 0, doubled: 0, wrong: [], windows: [] })

const described = ({ plan, seed }: Conditions): string =>
  `${seed === undefined ? 'fair' : `seed ${seed}`}, ${[...plan].map(([step, fault]) => `${fault} at ${step}`).join(', ') || 'no fault'}`

const tryOnce = async (
  theatre: Theatre,
  stage: Stage,
  conditions: Conditions,
  outcome: Outcome,
): Promise<{ readonly steps: readonly Step[]; readonly mails: number }> => {
  const played = await play(theatre, stage, conditions)
  const { cloud } = played
  const { faults, doubled } = await judge(played, stage)
  outcome.runs += 1
  outcome.deaths += cloud.fns.deaths()
  outcome.doubled += doubled
  outcome.windows.push(...cloud.fns.windows)
  if (faults.length > 0) {
    const at = [...conditions.plan.keys()].map((step) => cloud.fns.steps[step - 1]?.name)
    outcome.wrong.push(`${stage.flow.name} (${described(conditions)}; ${at}): ${faults.join('; ')}`)
  }
  return { steps: cloud.fns.steps, mails: cloud.outside.mails() }
}

/**
 * Every step of an ordinary run goes wrong in turn, in each way in which it can; or a sample of all these. Answers the
 * number of steps.
 */
export const tryEachStep = async (
  theatre: Theatre,
  stage: Stage,
  outcome: Outcome,
  sample: (plans: readonly Plan[]) => readonly Plan[],
): Promise<number> => {
  const { steps, mails } = await tryOnce(theatre, stage, { plan: new Map() }, outcome)
  if (stage.flow.mails !== undefined && mails !== stage.flow.mails)
    outcome.wrong.push(`${stage.flow.name}: ${mails} mails instead of ${stage.flow.mails}`)
  const plans = steps.flatMap((step, index) =>
    faultsOf(step)
      .filter((fault) => fault !== 'meanwhile' || stage.flow.meanwhile !== undefined)
      .map((fault): Plan => new Map([[index + 1, fault]])),
  )
  for (const plan of sample(plans)) await tryOnce(theatre, stage, { plan }, outcome)
  return steps.length
}

const faultIn = (random: Random, { flow }: Stage): Fault => {
  const possible = faults.filter((fault) => fault !== 'meanwhile' || flow.meanwhile !== undefined)
  return possible[random.below(possible.length)] ?? 'diesBefore'
}

export interface FoulRuns {
  readonly seeds: readonly number[]
  /** Of an ordinary run. */
  readonly steps: number
  readonly spoil?: Spoil
}

/** So many runs in foul weather, in each of which up to three steps go wrong besides. */
export const tryFoul = async (
  theatre: Theatre,
  stage: Stage,
  { seeds, steps, spoil }: FoulRuns,
  outcome: Outcome,
): Promise<void> => {
  for (const seed of seeds) {
    const random = randomFrom(seed ^ 0x5eed)
    const count = random.below(4)
    // Duplicates make a run longer than an ordinary one.
    const at = Array.from({ length: count }, () => 1 + random.below(2 * steps))
    const plan: Plan = new Map(at.map((step) => [step, faultIn(random, stage)]))
    await tryOnce(theatre, stage, { plan, seed, ...(spoil && { spoil }) }, outcome)
  }
}
