import { randomUUID } from 'node:crypto'
import * as tokens from '../../../shared/api/routes/tokens.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed, type Team } from './team.ts'

const bodyOf = ({ workspaceId }: Team) => ({
  name: 'Nightly report',
  scopes: ['tasks:read', 'projects:read'],
  workspaceId,
  expiresInDays: 90,
})

/** Of somebody who has some already. */
const somebody = async (team: Team) => {
  const who = await team.app.person('Tom Token')
  await team.app.join(who, team.workspaceId, 'member')
  const make = () => succeed(team.app, who, tokens.createToken, { body: bodyOf(team) })
  for (const _ of [1, 2, 3, 4]) await make()
  const { body } = await make()
  return { who, params: { tokenId: String(body.id) } }
}

export const tokenCalls: OrdinaryCalls = {
  createToken: async (team) => ({
    who: (await somebody(team)).who,
    request: { body: bodyOf(team), headers: { 'Idempotency-Key': randomUUID() } },
  }),
  listTokens: async (team) => ({ who: (await somebody(team)).who, request: {} }),
  getToken: async (team) => {
    const { who, params } = await somebody(team)
    return { who, request: { params } }
  },
  revokeToken: async (team) => {
    const { who, params } = await somebody(team)
    return { who, request: { params } }
  },
}
