import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graceMs } from '../../../shared/domain/account/generations.ts'
import { refresh } from '../../../shared/domain/account/refresh.ts'
import { Failure } from '../../../shared/domain/failure.ts'
import { accountApp } from './accountApp.ts'

/** Whoever holds a refresh token and goes on with what it brings. */
interface Holder {
  token: string | undefined
  /** How often a token of this holder's brought an access token. */
  gained: number
}

type Step =
  | { readonly kind: 'wait'; readonly ms: number }
  /** `of`: a token that the client has had, counted back from its newest. */
  | { readonly kind: 'steal'; readonly of: number }
  | { readonly kind: 'client' | 'thief' | 'both' | 'lostAnswer' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.oneof(fc.integer({ min: 0, max: 2 * graceMs }), fc.constantFrom(graceMs, 900_000, 86_400_000)),
  }),
  fc.record({ kind: fc.constant('steal' as const), of: fc.nat(3) }),
  fc.record({
    kind: fc.constantFrom('client' as const, 'thief' as const, 'both' as const, 'lostAnswer' as const),
  }),
)

const started = async () => {
  const app = accountApp()
  await app.register()
  const here = await app.enter()
  const client: Holder = { token: here.refreshToken, gained: 0 }
  const thief: Holder = { token: undefined, gained: 0 }
  const had = [here.refreshToken]

  const answer = async (refreshToken: string): Promise<string | undefined> =>
    app.run(refresh, { refreshToken }).then(
      ({ body }) => body.refreshToken,
      (error: unknown) => {
        if (error instanceof Failure && error.code === 'unauthenticated') return undefined
        throw error
      },
    )
  const use = async (holder: Holder): Promise<boolean> => {
    if (holder.token === undefined) return false
    const next = await answer(holder.token)
    if (next === undefined) return false
    holder.token = next
    holder.gained++
    if (holder === client && had.at(-1) !== next) had.push(next)
    return true
  }
  const run = async (one: Step): Promise<unknown> => {
    if (one.kind === 'wait') app.clock.now += one.ms
    else if (one.kind === 'steal') thief.token = had.at(-1 - (one.of % had.length))
    else if (one.kind === 'both') return Promise.all([use(client), use(thief)])
    else if (one.kind === 'lostAnswer') return answer(client.token as string)
    else return use(one.kind === 'client' ? client : thief)
  }
  const afterGrace = () => {
    app.clock.now += graceMs + 1
  }
  return { client, thief, use, run, afterGrace, lives: () => app.lives(here) }
}

test('whatever a client and a thief do in turn or at once, in the end the thief holds nothing of use', async () => {
  let caught = 0
  let gained = 0
  const property = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
    const { client, thief, use, run, afterGrace, lives } = await started()
    for (const one of steps) await run(one)
    // Both come once more, each after the grace of whatever was before.
    afterGrace()
    await use(client)
    afterGrace()
    const livedUntilThen = lives()
    const triedAgain = thief.token !== undefined
    expect(await use(thief)).toBe(false)
    if (triedAgain || thief.gained > 0) expect(lives()).toBe(false)
    if (livedUntilThen && !lives()) caught++
    gained += thief.gained
  })
  await fc.assert(property, { numRuns: 400 })
  // The steps do bring thieves to where they gain something, and some are caught at the last moment only.
  expect(gained).toBeGreaterThan(50)
  expect(caught).toBeGreaterThan(20)
})

test('a client alone, whose lost answers are asked for again within grace, is never signed out', async () => {
  const alone = fc.record({
    pause: fc.integer({ min: 0, max: 86_400_000 }),
    lost: fc.nat(4),
    between: fc.integer({ min: 0, max: 5_000 }),
    tabs: fc.integer({ min: 1, max: 4 }),
  })
  const property = fc.asyncProperty(fc.array(alone, { maxLength: 12 }), async (refreshes) => {
    const { client, use, run, lives } = await started()
    for (const { pause, lost, between, tabs } of refreshes) {
      await run({ kind: 'wait', ms: pause })
      for (let n = 0; n < lost; n++) {
        await run({ kind: 'lostAnswer' })
        await run({ kind: 'wait', ms: between })
      }
      // All of them begin with the token that is there now.
      expect(await Promise.all(Array.from({ length: tabs }, () => use(client)))).not.toContain(false)
    }
    expect(lives()).toBe(true)
  })
  await fc.assert(property, { numRuns: 200 })
})
