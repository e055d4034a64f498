import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { vi } from 'vitest'
import type { Random } from './random.ts'

const real = { randomBytes: crypto.randomBytes, randomUUID: crypto.randomUUID, random: Math.random }

const bytesFrom = (random: Random, size: number): Buffer =>
  Buffer.from(Array.from({ length: size }, () => random.below(256)))

const uuidFrom = (random: Random): ReturnType<typeof crypto.randomUUID> => {
  const hex = bytesFrom(random, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

/** Whatever the code under test draws is drawn from the present source, if there is one: a run can be repeated. */
export const takeChanceFrom = (source: () => Random | undefined): void => {
  const randomBytes = (size: number) => {
    const random = source()
    return random === undefined ? real.randomBytes(size) : bytesFrom(random, size)
  }
  const randomUUID = () => {
    const random = source()
    return random === undefined ? real.randomUUID() : uuidFrom(random)
  }
  Object.assign(crypto, { randomBytes, randomUUID })
  syncBuiltinESMExports()
  vi.spyOn(Math, 'random').mockImplementation(() => source()?.number() ?? real.random())
}

/** Chance is what it was. */
export const giveChanceBack = (): void => {
  Object.assign(crypto, { randomBytes: real.randomBytes, randomUUID: real.randomUUID })
  syncBuiltinESMExports()
}
