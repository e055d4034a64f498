import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, inject } from 'vitest'
import * as account from '../../shared/api/routes/account.ts'
import * as passwords from '../../shared/api/routes/passwords.ts'
import * as sessions from '../../shared/api/routes/sessions.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { apiFor, urlOf } from '../support/e2e/api.ts'
import { mailLike, newPerson, signIn } from '../support/e2e/people.ts'
import { onlyLocally } from '../support/e2e/requires.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

const printed = (): string => readFileSync(String(inject('target').logFile), 'utf8')
const lines = (): Record<string, unknown>[] =>
  printed()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)

onlyLocally(
  'one line for each request, and in no line a token, an address, a password or what somebody wrote',
  async () => {
    const secret = randomUUID()
    const [team, reader] = await Promise.all([newTeam(), newPerson(`Name ${secret}`)])
    await team.admit(reader, 'member')
    await team.addTask({
      title: `Title ${secret}`,
      description: secret,
      tags: [secret],
      assigneeIds: [reader.id],
    })
    await mailLike(reader.email, /Title/)
    const { token, refreshToken } = await signIn(reader)
    await apiFor().ok(sessions.refresh, { body: { refreshToken } })
    await reader.api.refused('wrong-credentials', passwords.changePassword, {
      body: { currentPassword: secret, newPassword: `another ${secret}` },
    })
    const params = { workspaceId: team.workspaceId, projectId: team.projectId }
    const query = { sort: 'due', dueFrom: secret }
    await team.owner.api.refused('invalid-request', tasks.listProjectTasks, { params, query })
    await team.owner.api.refused('invalid-request', tasks.createTask, { params, body: { title: '', secret } })
    const last = await fetch(urlOf(`/v1/${secret}?token=${secret}`))
    const requestId = last.headers.get('x-request-id')
    await soon(async () => {
      expect(lines().filter((line) => line.requestId === requestId)).toHaveLength(1)
    })
    const log = printed()
    for (const hidden of [secret, token, refreshToken, reader.email, reader.password, reader.token]) {
      expect(log.includes(hidden)).toBe(false)
    }
    expect(log).not.toMatch(/eyJ[\w-]{10,}\./)
    expect(log).not.toMatch(/[\w.+-]+@[\w-]+\.\w+/)
    expect(log).not.toMatch(/Bearer/i)
  },
)

onlyLocally('a line names the request, its route, status and time, and the problem by its code', async () => {
  const { headers } = await apiFor().refused('unauthenticated', account.getMe)
  await soon(async () => {
    const line = lines().find(({ requestId }) => requestId === headers.get('x-request-id'))
    expect(line).toEqual({
      level: 'info',
      requestId: headers.get('x-request-id'),
      route: 'getMe',
      method: 'GET',
      path: '/v1/me',
      status: 401,
      milliseconds: expect.any(Number),
      problem: 'unauthenticated',
    })
  })
})
