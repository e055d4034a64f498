import { test } from 'vitest'
import { patienceMs, runSessions, sessionsPerFile } from './sessions.ts'

test(
  'whatever people do in random sessions, the workspace is what its model says',
  () => runSessions(sessionsPerFile),
  2 * patienceMs,
)
