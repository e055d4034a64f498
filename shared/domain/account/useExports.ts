import type * as z from 'zod/mini'
import type { exportReply } from '../../api/schemas/privacy.ts'
import { Failure, notFound } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import type { ExportOffers, ExportStore } from './exportPorts.ts'
import {
  beginning,
  type Export,
  type Exports,
  expiryOf,
  mostADay,
  nextAt,
  ofToday,
  present,
  stateOf,
} from './exports.ts'

type ExportReply = z.infer<typeof exportReply>
interface World {
  readonly exports: ExportStore
}
type Loaded = Exports | undefined

const attempts = 5

const load = ({ userId }: Ask, { exports }: World): Promise<Loaded> => exports.exports(userId)

const reply = (one: Export, now: string, files: ExportReply['files'] = []): ExportReply => ({
  id: one.id,
  state: stateOf(one, now),
  createdAt: one.createdAt,
  finishedAt: one.finishedAt,
  expiresAt: one.expiresAt,
  files,
})

const started = (one: Export, now: string): Outcome<ExportReply> => ({
  body: reply(one, now),
  location: `/v1/me/exports/${one.id}`,
})

/** @throws Failure `conflict` while one is running, `too-many-requests` after several in a day */
const requireRoom = (all: readonly Export[], now: string): void => {
  const running = all.find((one) => stateOf(one, now) === 'running')
  if (running !== undefined) {
    throw new Failure('conflict', 'An export is being built already: wait for it.', {
      extra: { exportId: running.id },
    })
  }
  const today = ofToday(all, now)
  if (today.length < mostADay) return
  const next = nextAt(today.slice(-mostADay))
  throw new Failure(
    'too-many-requests',
    `There are ${mostADay} exports a day; ask for the next after ${next}.`,
    {
      retryAfterSeconds: Math.ceil((Date.parse(next) - Date.parse(now)) / 1000),
    },
  )
}

const newExport = ({ now, mark }: Ask): Export => ({
  id: makeId('export', Date.parse(now), randomSeed()),
  createdAt: now,
  finishedAt: null,
  expiresAt: expiryOf(now),
  parts: [],
  cursor: beginning,
  origin: mark,
})

/** What the same request made before. */
const madeBefore = (all: readonly Export[], { mark }: Ask): Export | undefined => {
  const made = mark === null ? undefined : all.find(({ origin }) => origin?.key === mark.key)
  if (made !== undefined && made.origin?.payload !== mark?.payload) throw new Failure('idempotency-mismatch')
  return made
}

/** Puts an export on record; the stream hands it to a worker. One item has them all, so that none slips past the limits. */
export const createExport: UseCase<Ask, World, Loaded, ExportReply> = {
  load,
  run: async ({ ask }, loaded, { exports }) => {
    let seen = loaded
    for (let attempt = 0; attempt < attempts; attempt++) {
      const all = present(seen, ask.now)
      const made = madeBefore(all, ask)
      if (made !== undefined) return started({ ...made, finishedAt: null, parts: [] }, made.createdAt)
      requireRoom(all, ask.now)
      const one = newExport(ask)
      const next = { userId: ask.userId, all: [...all, one], version: (seen?.version ?? 0) + 1 }
      const written = await exports.write(next, seen)
      if (written.won) return started(one, ask.now)
      seen = written.present
    }
    throw new Failure('unavailable', 'Another export was asked for at the same time.')
  },
}

type GetAsk = Ask<{ exportId: string }>
type GetWorld = World & { readonly partOffers: ExportOffers }

/** As people find it among their downloads. */
const nameOf = ({ createdAt, parts }: Export, number: number): string => {
  const count = parts.length > 1 ? `-${number}-of-${parts.length}` : ''
  return `duely-export-${createdAt.slice(0, 10)}${count}.jsonl`
}

/** The files are there once it is finished; each with an address that is good for seconds. */
export const getExport: UseCase<GetAsk, GetWorld, Loaded, ExportReply> = {
  load,
  run: async ({ ask }, loaded, { partOffers }) => {
    const { exportId } = ask.params
    const one = present(loaded, ask.now).find(({ id }) => id === exportId)
    if (one === undefined) throw notFound()
    if (one.finishedAt === null) return { body: reply(one, ask.now) }
    const files = await Promise.all(
      one.parts.map(async ({ bytes, lines }, index) => {
        const part = { userId: ask.userId, exportId, number: index + 1 }
        const name = nameOf(one, part.number)
        const { url, expiresAt: urlExpiresAt } = await partOffers.download(part, name, ask.now)
        return { name, bytes, lines, url, urlExpiresAt }
      }),
    )
    return { body: reply(one, ask.now, files) }
  },
}
