import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { codeMailedTo } from '../../../../local/demo/inbox.ts'
import type { Role } from '../../../../shared/api/actions.ts'
import { type RuntimeProcess, startRuntimeProcess } from '../runtimeProcess.ts'

export interface Account {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly token: string
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies freely
  readonly body: any
}

const password = 'correct horse battery staple'

/** A runtime of its own with one workspace in it; may be killed and come back at another address. */
export class Place {
  readonly #dataDir: string
  #runtime: RuntimeProcess | undefined
  workspaceId = ''
  projectId = ''

  constructor(dataDir: string) {
    this.#dataDir = dataDir
  }

  async start(): Promise<void> {
    this.#runtime = await startRuntimeProcess(this.#dataDir)
  }

  /** As a power cut does, and back again. */
  async restart(): Promise<void> {
    await this.#runtime?.kill()
    await this.start()
  }

  async stop(): Promise<void> {
    await this.#runtime?.kill()
  }

  async request(method: string, path: string, body?: unknown, token?: string): Promise<Answer> {
    const response = await fetch(`${this.#runtime?.baseUrl}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  /** Below the workspace. */
  send(who: Account, method: string, path: string, body?: unknown): Promise<Answer> {
    return this.request(method, `/v1/workspaces/${this.workspaceId}/${path}`, body, who.token)
  }

  /** Sends until it is answered with success, also while the server is down. */
  async insist(who: Account, method: string, path: string, body?: unknown): Promise<Answer> {
    for (let n = 0; n < 300; n++) {
      const answer = await this.send(who, method, path, body).catch(() => undefined)
      if (answer !== undefined && answer.status < 300) return answer
      if (answer !== undefined && answer.status < 500 && answer.status !== 429)
        throw new Error(`${method} ${path} was answered with ${answer.status}`)
      await delay(100)
    }
    throw new Error(`${method} ${path} was never answered`)
  }

  /** All of a list, page by page; the path is one without a query. */
  async all(who: Account, path: string): Promise<Answer['body'][]> {
    const items: Answer['body'][] = []
    for (let next: string | undefined = path; next !== undefined; ) {
      const { body }: Answer = await this.insist(who, 'GET', next)
      items.push(...body.items)
      next = body.next && path + new URL(body.next, 'http://x').search
    }
    return items
  }

  async account(name: string): Promise<Account> {
    const email = `${name.toLowerCase()}.${randomUUID()}@example.com`
    await this.request('POST', '/v1/auth/sign-up', { email, password, name })
    const code = await codeMailedTo(`${this.#runtime?.baseUrl}/inbox`, email)
    await this.request('POST', '/v1/auth/confirm', { email, code, password })
    const signedIn = await this.request('POST', '/v1/auth/sign-in', { email, password })
    const token = String(signedIn.body.accessToken)
    const me = await this.request('GET', '/v1/me', undefined, token)
    return { id: me.body.id, name, email, token }
  }

  async found(owner: Account): Promise<void> {
    const workspace = await this.request('POST', '/v1/workspaces', { name: 'Crowd' }, owner.token)
    this.workspaceId = workspace.body.id
    const project = await this.send(owner, 'POST', 'projects', { name: 'Crowd', key: 'CRW' })
    this.projectId = project.body.id
  }

  async admit(owner: Account, who: Account, role: Role): Promise<void> {
    const { body } = await this.send(owner, 'POST', 'invitations', { email: who.email, role })
    const accepted = await this.request(
      'POST',
      `/v1/me/invitations/${this.workspaceId}/${body.id}/accept`,
      {},
      who.token,
    )
    if (accepted.status >= 300) throw new Error(`an invitation was answered with ${accepted.status}`)
  }
}
