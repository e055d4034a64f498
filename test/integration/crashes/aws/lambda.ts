import { AsyncLocalStorage } from 'node:async_hooks'
import type { Random } from './random.ts'
import type { VirtualTime } from './time.ts'
import type { Weather } from './weather.ts'

/**
 * What goes wrong at a step. The process may die before the call leaves, or once it has had its effect; the call may
 * fail without an effect, or fail although it had one; the client may have sent it twice, since it waited in vain. Or
 * nothing goes wrong, and somebody does something else at that moment.
 */
export const faults = ['diesBefore', 'diesAfter', 'fails', 'answerLost', 'repeated', 'meanwhile'] as const
export type Fault = (typeof faults)[number]

/** Which step goes wrong, and how. Steps count from 1. */
export type Plan = ReadonlyMap<number, Fault>

export interface Call {
  readonly name: string
  /**
   * A `read` has no effect. What the client of the service sends again by itself when it waited in vain is `retried`;
   * the rest (a transaction, which has a token; a mail; a request to a stranger) is sent `once`.
   */
  readonly kind: 'read' | 'retried' | 'once'
  /** What it ordinarily takes in milliseconds, there and back. */
  readonly milliseconds: number
}

/** What somebody outside has taken over and the process has yet to write down. */
interface Open {
  readonly told: readonly string[]
  readonly since: number
  readonly step: number
}

export interface Invocation {
  readonly name: string
  readonly begunAt: number
  /** Taken so far. */
  steps: number
  /** The step whose effect is just had. */
  landing: number
  isDead: boolean
  /** Steps at which something went wrong: what was left open before, or at, one of them is explained by it. */
  readonly hurt: number[]
  /** Calls under way, by what ends them. */
  readonly waiting: Set<(error: Error) => void>
  readonly die: () => void
  /** By the outside's id of it. */
  readonly open: Map<string, Open>
}

export interface Step {
  readonly name: string
  readonly kind: Call['kind']
}

/** Who calls: no invocation where it is the test itself. */
export type Caller = Invocation | undefined
type Effect<Result> = (caller: Caller) => Promise<Result> | Result

/** From the acceptance of something by the outside to the write of it. */
export interface Window {
  readonly milliseconds: number
  readonly steps: number
}

/** What can go wrong at a step in a way of its own. */
export const faultsOf = ({ kind }: Step): readonly Fault[] =>
  faults.filter(
    (fault) => (fault !== 'repeated' || kind === 'retried') && (fault !== 'answerLost' || kind !== 'read'),
  )

class Lost extends Error {
  override readonly name = 'TimeoutError'
}

export interface Around {
  readonly time: VirtualTime
  readonly weather: Weather
  readonly plan: Plan
  readonly random: Random
  /** What somebody else does. */
  readonly meanwhile: () => Promise<void>
}

/** Lambda: invocations, every call of which is a step that may go wrong, and which end at their time-out. */
export const lambda = ({ time, weather, plan, random, meanwhile }: Around) => {
  const present = new AsyncLocalStorage<Invocation>()
  const steps: Step[] = []
  const windows: Window[] = []
  /** What was accepted outside and never written down, by what it tells: it may be told again so often. */
  const inWindow = new Map<string, number>()
  let deaths = 0

  /** The invocation has ended; what it has not written down may be sent again. */
  const close = ({ hurt, open, steps }: Invocation): void => {
    for (const [id, { told, since, step }] of open) {
      if (!hurt.some((at) => at >= step)) continue
      open.delete(id)
      windows.push({ milliseconds: time.now() - since, steps: steps - step })
      for (const one of told) inWindow.set(one, (inWindow.get(one) ?? 0) + 1)
    }
  }

  /** Calls a service as the present invocation; what calls as none is the test itself, which nothing befalls. */
  const call = <Result>({ name, kind, milliseconds }: Call, effect: Effect<Result>): Promise<Result> => {
    const invocation = present.getStore()
    if (invocation === undefined) return Promise.resolve().then(() => effect(undefined))
    // A dead process does nothing more.
    if (invocation.isDead) return Promise.reject(new Lost(`${invocation.name} has ended`))
    steps.push({ name: `${invocation.name}: ${name}`, kind })
    invocation.steps += 1
    const step = invocation.steps
    const fault = plan.get(steps.length)
    if (fault !== undefined && fault !== 'meanwhile') invocation.hurt.push(step)
    return new Promise<Result>((resolve, reject) => {
      invocation.waiting.add(reject)
      const answer = (how: () => void): void => {
        time.after(weather.latency(milliseconds / 2), () => {
          invocation.waiting.delete(reject)
          if (!invocation.isDead) how()
        })
      }
      const land = async (): Promise<void> => {
        if (fault === 'fails') return answer(() => reject(new Lost(`${name} did not get through`)))
        try {
          if (fault === 'meanwhile') await meanwhile()
          invocation.landing = step
          let result = await effect(invocation)
          if (fault === 'repeated' && kind === 'retried') result = await effect(invocation)
          if (fault === 'diesAfter') return invocation.die()
          if (fault === 'answerLost') return answer(() => reject(new Lost(`no answer from ${name}`)))
          answer(() => resolve(result))
        } catch (error) {
          answer(() => reject(error))
        }
      }
      if (fault === 'diesBefore') return invocation.die()
      // On the wire it arrives, whether or not its sender is still there.
      time.after(weather.latency(milliseconds / 2), land)
    })
  }

  /** Runs a function; throws when it dies or takes too long. */
  const invoke = <Result>(
    { name, timeoutSeconds }: { readonly name: string; readonly timeoutSeconds: number },
    run: (remainingMilliseconds: () => number) => Promise<Result>,
  ): Promise<Result> =>
    new Promise((resolve, reject) => {
      const deadline = time.now() + timeoutSeconds * 1000
      const end = (how: () => void) => {
        cancel()
        invocation.isDead = true
        close(invocation)
        how()
        // Nothing in the container waits for what a dead process will never hear.
        for (const reject of invocation.waiting) reject(new Lost(`${name} has ended`))
      }
      const die = () => {
        if (invocation.isDead) return
        deaths += 1
        invocation.hurt.push(invocation.steps)
        end(() => reject(new Lost(`${name} has ended`)))
      }
      const cancel = time.at(deadline, die)
      const invocation: Invocation = {
        name,
        begunAt: time.now(),
        steps: 0,
        landing: 0,
        isDead: false,
        hurt: [],
        waiting: new Set(),
        die,
        open: new Map(),
      }
      present
        .run(invocation, () => run(() => deadline - time.now()))
        .then(
          (result) => end(() => resolve(result)),
          (error) => end(() => reject(error)),
        )
    })

  return {
    call,
    invoke,
    steps,
    windows,
    inWindow,
    random,
    deaths: () => deaths,
    present: () => present.getStore(),
    /** Something was taken over outside under this id, which tells these; it is open until a write names the id. */
    accepted: (invocation: Caller, id: string, told: readonly string[]): void => {
      if (invocation === undefined) return
      invocation.open.set(id, { told, since: time.now(), step: invocation.landing })
      // It was on the wire when its sender died.
      if (invocation.isDead) close(invocation)
    },
    /** Something was written. */
    written: (invocation: Caller, content: unknown): void => {
      if (invocation === undefined || invocation.open.size === 0) return
      const text = JSON.stringify(content)
      for (const [id, { since, step }] of invocation.open) {
        if (!text.includes(id)) continue
        windows.push({ milliseconds: time.now() - since, steps: invocation.steps - step })
        invocation.open.delete(id)
      }
    },
  }
}
export type Lambda = ReturnType<typeof lambda>
