import { type Capability, capabilities, type Finding } from '../capabilities.ts'
import { probeCustomResource } from './custom-resource.ts'
import { probeFiles } from './files.ts'
import { probeHttpApi } from './http-api.ts'
import { probeIdentity } from './identity.ts'
import { probeLive } from './live.ts'
import { probeMail } from './mail.ts'
import { probeMailEvents } from './mail-events.ts'
import { allMissing, type Cloud, type Probe } from './probe.ts'
import { probeQueue } from './queue.ts'
import { probeReaders } from './readers.ts'
import { probeRuntime } from './runtime.ts'
import { probeSchedule } from './schedule.ts'
import { probeStream } from './stream.ts'
import { probeTable } from './table.ts'

const probes: readonly (readonly [prefix: string, Probe])[] = [
  ['table', probeTable],
  ['stream', probeStream],
  ['readers', probeReaders],
  ['queue', probeQueue],
  ['schedule', probeSchedule],
  ['mail', probeMail],
  ['mail-events', probeMailEvents],
  ['files', probeFiles],
  ['http', probeHttpApi],
  ['live', probeLive],
  ['function', probeRuntime],
  ['stack', probeCustomResource],
  ['identity', probeIdentity],
]

const names = Object.keys(capabilities) as Capability[]

/** Runs all probes at once, about a minute for the one on the clock; one finding per capability, in their order. */
export async function examine(cloud: Cloud): Promise<readonly Finding[]> {
  const found = (await Promise.all(probes.map(([prefix, probe]) => attempt(prefix, probe, cloud)))).flat()
  return names.map((name) => found.find((finding) => finding.name === name) ?? unexamined(name))
}

async function attempt(prefix: string, probe: Probe, cloud: Cloud): Promise<readonly Finding[]> {
  try {
    return await probe(cloud)
  } catch (error) {
    return allMissing(
      names.filter((name) => name === prefix || name.startsWith(`${prefix}-`)),
      error,
    )
  }
}

const unexamined = (name: Capability): Finding => ({
  name,
  verdict: 'missing',
  detail: 'its probe gave no finding',
})
