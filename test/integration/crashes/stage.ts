import type { DynamoDBRecord } from 'aws-lambda'
import type { Item } from '../../../shared/data/tablePort.ts'
import type { App } from '../../support/app.ts'
import { type Cloud, cloud, type Handlers, type Spoil } from './aws/cloud.ts'
import type { EngineStorage } from './aws/engineStorage.ts'
import { enter } from './aws/functions.ts'
import type { Plan } from './aws/lambda.ts'
import { randomFrom } from './aws/random.ts'
import { memoryStorage, type Storage } from './aws/storage.ts'
import { type VirtualTime, virtualTime } from './aws/time.ts'
import { fair, foul, type Weather } from './aws/weather.ts'
import type { Due, Flow } from './flow.ts'
import { foundTeam, type Team } from './team.ts'

/** A Monday morning. */
const monday = '2031-03-03T08:00:00.000Z'
const hour = 3_600_000

export interface Theatre {
  readonly app: App
  readonly handlers: Handlers
  /** Where it plays; in memory, where there is none. */
  readonly engine?: EngineStorage
}

/** Where all runs of a flow begin: the requests are done, and nothing has followed from them yet. */
export interface Stage {
  readonly flow: Flow
  readonly team: Team
  readonly items: ReadonlyMap<string, Item>
  readonly records: readonly DynamoDBRecord[]
  readonly at: number
  readonly due: readonly Due[]
  /** What is due once somebody has done what they do meanwhile. */
  readonly dueThen: readonly Due[]
}

interface Opening {
  readonly time: VirtualTime
  readonly storage: Storage
  readonly until: number
  readonly weather: Weather
  readonly seed: number
  readonly plan: Plan
  readonly schedules: readonly string[]
  readonly meanwhile?: () => Promise<void>
  readonly spoil?: Spoil | undefined
  readonly mailDownUntil?: number | undefined
}

const nothing = async (): Promise<void> => undefined

/** A table in memory, whose indexes trail it as the weather has it. */
const inMemory = (time: VirtualTime, { lag }: Weather, items?: ReadonlyMap<string, Item>) =>
  memoryStorage({ now: time.now, lag, later: (ms, run) => void time.after(ms, run) }, items)

/** Puts a cloud around the functions. */
const open = ({ handlers }: Theatre, opening: Opening): Cloud => {
  const { seed, meanwhile = nothing } = opening
  const around = cloud({ ...opening, random: randomFrom(seed), meanwhile, handlers })
  enter(around)
  return around
}

export const setStage = async (theatre: Theatre, flow: Flow): Promise<Stage> => {
  const { app } = theatre
  const start = Date.parse(flow.start ?? monday)
  const [time, weather] = [virtualTime(start), fair()]
  const storage = inMemory(time, weather)
  const cloud = open(theatre, {
    time,
    storage,
    until: start,
    weather,
    seed: 0,
    plan: new Map(),
    schedules: [],
  })
  app.clock.now = start
  const team = await foundTeam(app)
  await flow.prepare?.(team)
  await cloud.untilQuiet()
  app.clock.now = cloud.time.now()
  await flow.act(team)
  const records = await storage.takeRecords()
  return {
    flow,
    team,
    items: storage.snapshot(),
    records,
    at: app.clock.now,
    due: flow.due(team),
    dueThen: flow.meanwhile?.due(team) ?? [],
  }
}

export type Played = Awaited<ReturnType<typeof play>>

export interface Conditions {
  readonly plan: Plan
  /** Without one everything is fair; with one, as foul as AWS allows, as it decides. */
  readonly seed?: number
  readonly spoil?: Spoil
  /** Hours for which the mail service takes nothing, from the beginning. */
  readonly mailDownHours?: number
}

/** One run of a flow, to its end. */
export const play = async (
  theatre: Theatre,
  stage: Stage,
  { plan, seed, spoil, mailDownHours = 0 }: Conditions,
) => {
  const { flow, team, items, records, at } = stage
  /** When somebody did what they do meanwhile. */
  let intrudedAt: number | undefined
  const meanwhile = async (): Promise<void> => {
    if (intrudedAt !== undefined) return
    intrudedAt = cloud.time.now()
    theatre.app.clock.now = intrudedAt
    await flow.meanwhile?.act(team)
  }
  const weather = seed === undefined ? fair() : foul(randomFrom(seed))
  const time = virtualTime(at)
  await theatre.engine?.begin(items)
  const storage = theatre.engine?.storage ?? inMemory(time, weather, items)
  const until = at + flow.hours * hour
  const { schedules } = flow
  const opening = {
    time,
    storage,
    until,
    weather,
    plan,
    schedules,
    meanwhile,
    spoil,
    mailDownUntil: at + mailDownHours * hour,
  }
  const cloud = open(theatre, { ...opening, seed: (seed ?? 0) + 1 })
  cloud.stream.append(records)
  await cloud.untilQuiet()
  return { cloud, intrudedAt }
}
