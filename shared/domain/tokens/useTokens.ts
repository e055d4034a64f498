import type { TokenCreate, TokenMade, TokenRow } from '../../api/schemas/tokens.ts'
import { made } from '../edited.ts'
import { existing, Failure, invalidField } from '../failure.ts'
import { makeId, randomSeed } from '../ids.ts'
import type { WorkspacesByKey } from '../ports.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Ask, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { writeToken } from './format.ts'
import { hashOf, mostTokens, type Token, type Tokens } from './token.ts'

/** What the routes of tokens work with. */
interface TokenWorld {
  readonly tokens: Tokens
  readonly workspaces: WorkspacesByKey
}

const rowOf = ({ id, name, scopes, workspaceId, createdAt, expiresAt }: Token): TokenRow => ({
  id,
  name,
  scopes: [...scopes],
  workspaceId,
  createdAt,
  expiresAt,
})

interface Place {
  readonly slot: number
  /** What still lies there. */
  readonly expired: Token | undefined
}

/** Places without a token that could still be used. */
const freePlaces = (tokens: readonly Token[], now: string): Place[] =>
  Array.from({ length: mostTokens }, (_, slot) => ({
    slot,
    there: tokens.find((token) => token.slot === slot),
  }))
    .filter(({ there }) => there === undefined || there.expiresAt <= now)
    .map(({ slot, there }) => ({ slot, expired: there }))

type CreateAsk = Ask<unknown, unknown, TokenCreate>
interface Loaded {
  readonly tokens: readonly Token[]
  readonly member: Member | undefined
}

const draft = ({ userId, now, body }: CreateAsk, { slot }: Place, hash: string): Token => ({
  id: makeId('token', Date.parse(now), randomSeed()),
  userId,
  slot,
  hash,
  name: body.name,
  scopes: body.scopes,
  workspaceId: body.workspaceId ?? null,
  createdAt: now,
  expiresAt: daysAfter(now, body.expiresInDays),
})

const shownBefore = ({ id }: Token): Failure =>
  new Failure(
    'conflict',
    'This request has made a token before. A token is shown once: revoke it and make another.',
    { extra: { tokenId: id } },
  )

const full = (): Failure =>
  new Failure('conflict', `Each person has at most ${mostTokens} tokens. Revoke one first.`)

/** A repeated request is not answered with the token again: nothing that could show it is kept. */
export const createToken: UseCase<CreateAsk, TokenWorld, Loaded, TokenMade> = {
  load: async ({ userId, body: { workspaceId } }, { tokens, workspaces }) => {
    const [present, member] = await Promise.all([
      tokens.tokens(userId),
      workspaceId === undefined ? undefined : workspaces.member(workspaceId, userId),
    ])
    return { tokens: present, member }
  },
  run: async ({ ask }, loaded, { tokens }) => {
    const { body, mark, userId } = ask
    if (body.workspaceId !== undefined && loaded.member === undefined) {
      throw invalidField('/workspaceId', 'must be a workspace that you are a member of')
    }
    for (const place of freePlaces(loaded.tokens, ask.now)) {
      const token = writeToken(userId, place.slot)
      const entity = draft(ask, place, hashOf(token))
      const result = await tokens.add(entity, place.expired, mark)
      // Another request took the place just now.
      if (!result.won && result.ran === undefined) continue
      const created = made(result, entity, mark, full)
      if (created !== entity) throw shownBefore(created)
      return { body: { ...rowOf(entity), token }, location: `/v1/me/tokens/${entity.id}` }
    }
    throw full()
  },
}

type OneAsk = Ask<{ tokenId: string }>

/** Those that have expired are forgotten within two days, and not shown until then. */
const live = (tokens: readonly Token[], now: string): Token[] =>
  tokens.filter(({ expiresAt }) => expiresAt > now)

const named = (tokens: readonly Token[], { params: { tokenId }, now }: OneAsk): Token =>
  existing(live(tokens, now).find(({ id }) => id === tokenId))

export const listTokens: UseCase<Ask, TokenWorld, readonly Token[], { items: TokenRow[] }> = {
  load: ({ userId }, { tokens }) => tokens.tokens(userId),
  run: async ({ ask: { now } }, tokens) => ({
    body: {
      items: live(tokens, now)
        .toSorted((a, b) => (a.id < b.id ? 1 : -1))
        .map(rowOf),
    },
  }),
}

export const getToken: UseCase<OneAsk, TokenWorld, readonly Token[], TokenRow> = {
  load: ({ userId }, { tokens }) => tokens.tokens(userId),
  run: async ({ ask }, tokens) => ({ body: rowOf(named(tokens, ask)) }),
}

export const revokeToken: UseCase<OneAsk, TokenWorld, readonly Token[], undefined> = {
  load: ({ userId }, { tokens }) => tokens.tokens(userId),
  run: async ({ ask }, present, { tokens }) => {
    // That it is gone by now is what was asked for.
    await tokens.remove(named(present, ask))
    return { body: undefined }
  },
}
