import { inject, test } from 'vitest'
import { type Capability, findingsVariable, readFindings } from '../../cloud/capabilities.ts'

type Body = () => Promise<void> | void
export type NamedTest = (name: string, body: Body, timeoutMs?: number) => void

const path = process.env[findingsVariable]
const findings = path === undefined ? [] : readFindings(path)

/**
 * A test of what an emulated cloud may lack: where a probe found that it does, the test is skipped, and its name
 * says so in the probe's words. Everywhere else it simply runs.
 */
export const requires = (...needed: readonly Capability[]): NamedTest => {
  const lacking = findings.filter(({ name, verdict }) => needed.includes(name) && verdict !== 'works')
  if (lacking.length === 0) return (name, body, timeoutMs) => test(name, body, timeoutMs)
  const why = lacking.map(({ name, verdict, detail }) => `${name} ${verdict}: ${detail}`).join('; ')
  return (name) => test.skip(`${name} [${why}]`)
}

/** The same for what the local runtime does not do: skipped there by name. */
export const onlyDeployed = (...needed: readonly Capability[]): NamedTest => {
  const isLocal = inject('target').logFile !== undefined
  return isLocal ? (name) => test.skip(`${name} [the local runtime has no such thing]`) : requires(...needed)
}

/** A test of the local runtime itself, such as its log or its being stopped; skipped by name elsewhere. */
export const onlyLocally: NamedTest = (name, body, timeoutMs) => {
  if (inject('target').logFile !== undefined) test(name, body, timeoutMs)
  else test.skip(`${name} [only where the suite has started the runtime]`)
}
