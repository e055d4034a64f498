import { test } from 'vitest'
import { runSessions } from './sessions.ts'

test(
  'random sessions leave a workspace as its model has it',
  () => runSessions(Number(process.env.RUNS ?? 30)),
  600_000,
)
