import { expect, test, vi } from 'vitest'
import * as account from '../../shared/api/routes/account.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import { graceMs } from '../../shared/domain/account/generations.ts'
import { apiFor } from '../support/e2e/api.ts'
import { newPerson, signIn } from '../support/e2e/people.ts'

const nobody = apiFor()
const refreshed = async (refreshToken: string) => {
  const { body } = await nobody.ok(sessions.refresh, { body: { refreshToken } })
  return { api: apiFor(body.accessToken), refreshToken: String(body.refreshToken) }
}

test('a stolen refresh token that is used after its owner’s ends that sign-in for both, and no other', async () => {
  const here = await newPerson('Robbed')
  const elsewhere = await signIn(here)
  const stolen = here.refreshToken
  const began = Date.now()
  const owner = await refreshed(stolen)
  /** Within grace a thief gets no other token than its owner has; afterwards none. */
  const thief = async () => {
    const now = Date.now()
    const reply = await nobody.send(sessions.refresh, { body: { refreshToken: stolen } })
    if (reply.status === 200) expect(reply.body).toMatchObject({ refreshToken: owner.refreshToken })
    return { status: reply.status, after: now - began }
  }
  expect((await thief()).status).toBe(200)
  await owner.api.ok(account.getMe)
  const last = await vi.waitFor(
    async () => {
      const attempt = await thief()
      expect(attempt.status).toBe(401)
      return attempt
    },
    { timeout: 3 * graceMs, interval: 1_000 },
  )
  expect(last.after).toBeGreaterThanOrEqual(graceMs - 1_000)
  await owner.api.refused('unauthenticated', account.getMe)
  await nobody.refused('unauthenticated', sessions.refresh, { body: { refreshToken: owner.refreshToken } })
  await elsewhere.api.ok(account.getMe)
  await refreshed(elsewhere.refreshToken)
}, 150_000)
