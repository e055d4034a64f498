import type { Capability, Finding, Verdict } from '../capabilities.ts'

/** The cloud under examination: one endpoint for all services. */
export interface Cloud {
  readonly url: string
}

/** Examines some capabilities; what it creates has names of its own, so that all probes may run at once. */
export type Probe = (cloud: Cloud) => Promise<readonly Finding[]>

interface Judgement {
  readonly verdict: Verdict
  readonly detail: string
}
export const works = (detail: string): Judgement => ({ verdict: 'works', detail })
export const differs = (detail: string): Judgement => ({ verdict: 'differs', detail })
export const missing = (detail: string): Judgement => ({ verdict: 'missing', detail })

/** `works` if so, else `differs`; the detail tells what was seen. */
export const judge = (asOnAws: boolean, detail: string): Judgement =>
  asOnAws ? works(detail) : differs(detail)

/** One finding; an exception on the way means that the capability is missing. */
export async function check(name: Capability, examine: () => Promise<Judgement>): Promise<Finding> {
  try {
    return { name, ...(await examine()) }
  } catch (error) {
    return { name, ...missing(summary(error)) }
  }
}

/** Findings of a probe whose ground could not be prepared: all of them missing, for the one reason. */
export function allMissing(names: readonly Capability[], error: unknown): readonly Finding[] {
  return names.map((name) => ({ name, ...missing(summary(error)) }))
}

/** Name of the error that a call is refused with; `accepted` when it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'accepted'
  } catch (error) {
    return error instanceof Error ? error.name : String(error)
  }
}

function summary(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.replaceAll(/\s+/g, ' ').slice(0, 160)
}
