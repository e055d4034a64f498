import { listAudit, verifyAudit } from '../../../shared/api/routes/audit.ts'
import { createProject } from '../../../shared/api/routes/projects.ts'
import { createTask } from '../../../shared/api/routes/tasks.ts'
import { createWorkspace } from '../../../shared/api/routes/workspaces.ts'
import type { AuditEntry, Verification } from '../../../shared/api/schemas/audit.ts'
import { auditPk } from '../../../shared/data/keys.ts'
import type { Item } from '../../../shared/data/tablePort.ts'
import { type App, type Someone, startApp } from '../../support/app.ts'

const position = (next: string | undefined): Record<string, string> => {
  const cursor = next && new URLSearchParams(next.split('?')[1]).get('cursor')
  return cursor ? { cursor } : {}
}

/** A workspace of one owner, with a project, and what its owner sees of the audit log. */
const auditTeam = (app: App, owner: Someone, workspaceId: string, projectId: string) => {
  const params = { workspaceId }
  const page = (query: Record<string, string> = {}) => app.call(owner, listAudit, { params, query })
  return {
    app,
    owner,
    workspaceId,
    projectId,
    page,
    /** All entries that a query finds, oldest first, by as many pages as it takes. */
    entries: async (query: Record<string, string> = {}): Promise<AuditEntry[]> => {
      const all: AuditEntry[] = []
      for (let next: Record<string, string> | undefined = {}; next !== undefined; ) {
        const { status, body } = await page({ ...query, ...next })
        if (status !== 200) throw new Error(`listAudit answered ${status}: ${JSON.stringify(body)}`)
        all.push(...body.items)
        next = body.next && position(body.next)
      }
      return all.reverse()
    },
    /** What each call of a whole walk answers. */
    verify: async (): Promise<Verification[]> => {
      const answers: Verification[] = []
      for (let next: Record<string, string> | undefined = {}; next !== undefined; ) {
        const { status, body } = await app.call(owner, verifyAudit, { params, query: next })
        if (status !== 200) throw new Error(`verifyAudit answered ${status}: ${JSON.stringify(body)}`)
        answers.push(body)
        next = body.next && position(body.next)
      }
      return answers
    },
    /** The items of the log, oldest first. */
    lines: async (): Promise<Item[]> =>
      (await app.table.query({ pk: auditPk(workspaceId), limit: 1000 })).items,
    task: async (title: string): Promise<string> => {
      const made = await app.call(owner, createTask, { params: { workspaceId, projectId }, body: { title } })
      return made.body.id
    },
  }
}
export type AuditTeam = ReturnType<typeof auditTeam>

export const startAuditTeam = async (app?: App): Promise<AuditTeam> => {
  const started = app ?? (await startApp())
  const owner = await started.person('Olga')
  const made = await started.call(owner, createWorkspace, { body: { name: 'Harbour', zone: 'UTC' } })
  const workspaceId: string = made.body.id
  const project = await started.call(owner, createProject, {
    params: { workspaceId },
    body: { name: 'Operations', key: 'OPS' },
  })
  return auditTeam(started, owner, workspaceId, project.body.id)
}
