import type { Canary } from './canary.ts'
import { domainCanaries } from './domain.ts'
import { kernelCanaries } from './kernel.ts'

export const canaries: readonly Canary[] = [...kernelCanaries, ...domainCanaries]
