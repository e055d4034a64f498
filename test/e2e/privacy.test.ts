import { expect, test } from 'vitest'
import { confirmSignUp, getMe, signUp } from '../../shared/api/routes/account.ts'
import { listMembers } from '../../shared/api/routes/members.ts'
import { createExport, deleteMe, getExport } from '../../shared/api/routes/privacy.ts'
import { refresh, signIn } from '../../shared/api/routes/sessions.ts'
import { getTask } from '../../shared/api/routes/tasks.ts'
import { deletionPhrase } from '../../shared/api/schemas/privacy.ts'
import { apiFor } from '../support/e2e/api.ts'
import { codeMailedTo, mailLike, newPerson, type Person, signIn as signedIn } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

const downloads = requires('files-upload', 'files-copy', 'files-download', 'files-origin')
const nobody = apiFor()
const farewell = /^Your account was deleted$/

const erase = ({ api, password }: Person) => api.ok(deleteMe, { body: { password, confirm: deletionPhrase } })

downloads('a copy of my data is built, downloaded once it is ready, and holds my tasks', async () => {
  const team = await newTeam()
  const { api, id, email } = team.owner
  const task = await team.addTask({ title: 'Paint the pier' })
  const { body, headers } = await api.ok(createExport, { body: {} })
  expect(headers.get('location')).toBe(`/v1/me/exports/${body.id}`)
  const params = { exportId: body.id }
  const [file, ...others] = await soon(async () => {
    const { body: seen } = await api.ok(getExport, { params })
    expect(seen.state).toBe('ready')
    return seen.files
  })
  expect(others).toEqual([])
  const { body: fresh } = await api.ok(getExport, { params })
  const response = await fetch(String(fresh.files[0]?.url))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toContain(String(file?.name))
  const text = await response.text()
  expect(Buffer.byteLength(text)).toBe(file?.bytes)
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(Number(file?.lines))
  expect(lines[0]).toMatchObject({ kind: 'profile', id, email })
  expect(lines).toContainEqual(
    expect.objectContaining({ kind: 'task', id: task.id, title: 'Paint the pier' }),
  )
  await (await newPerson('Stranger')).api.refused('not-found', getExport, { params })
})

test('a deleted account is gone at once, tells its address, and leaves the tasks and the address to others', async () => {
  const [team, ana] = await Promise.all([newTeam(), newPerson('Ana')])
  const { workspaceId, owner } = team
  await team.admit(ana, 'member')
  const task = await team.addTask({ title: 'Paint the pier', assigneeIds: [ana.id] })
  const { api, email, password } = ana
  await api.refused('wrong-credentials', deleteMe, {
    body: { password: 'another horse battery', confirm: deletionPhrase },
  })
  const blocked = await owner.api.refused('conflict', deleteMe, {
    body: { password: owner.password, confirm: deletionPhrase },
  })
  expect(blocked).toMatchObject({ workspaces: [{ id: workspaceId, name: 'Harbour' }] })

  await erase(ana)
  await api.refused('unauthenticated', getMe)
  await nobody.refused('unauthenticated', refresh, { body: { refreshToken: ana.refreshToken } })
  await nobody.refused('wrong-credentials', signIn, { body: { email, password } })
  await mailLike(email, farewell)
  const params = { workspaceId }
  await soon(async () => {
    const { items } = (await owner.api.ok(listMembers, { params })).body
    expect(items.map(({ userId }) => userId)).toEqual([owner.id])
  })
  const seen = await owner.api.ok(getTask, { params: { ...params, taskId: task.id } })
  expect(seen.body).toMatchObject({ title: 'Paint the pier', assigneeIds: [ana.id] })

  await nobody.ok(signUp, { body: { email, password, name: 'Ana again' } })
  const code = await codeMailedTo(email, 2)
  await nobody.ok(confirmSignUp, { body: { email, password, code } })
  const again = await signedIn({ email, password })
  const me = (await again.api.ok(getMe)).body
  expect(me).toMatchObject({ email, name: 'Ana again' })
  expect(me.id).not.toBe(ana.id)
})
