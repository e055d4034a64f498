import { test } from 'vitest'
import type { Capability } from '../../cloud/capabilities.ts'
import { type NamedTest, requires } from './requires.ts'

/** Endpoint of all services of the emulated cloud that the suite runs against; elsewhere only the API is known. */
export const cloudEndpoint = process.env.CLOUD_ENDPOINT ?? ''

/** A test of what a deployment shows to its operator, not to its users; skipped by name where there is no way to it. */
export const inCloud = (...needed: readonly Capability[]): NamedTest =>
  cloudEndpoint === '' ? (name) => test.skip(`${name} [only on the emulated cloud]`) : requires(...needed)
