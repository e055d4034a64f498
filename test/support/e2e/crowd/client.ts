import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import {
  type ClientMessage,
  type LiveFrame,
  learn,
  liveProtocol,
  type News,
  ticketProtocol,
} from '../../../../shared/api/live.ts'
import type { Changes, LiveEvent } from '../../../../shared/api/schemas/changes.ts'
import { Heard } from './heard.ts'
import type { Account, Place } from './place.ts'

/** A task as a client shows it. */
interface Shown {
  readonly version: number
  readonly title: string
}

type TaskEvent = Extract<LiveEvent, { taskVersion: number }>
const isOfTask = (event: LiveEvent): event is TaskEvent => 'taskVersion' in event

/**
 * A client as the web app is one: takes what has changed since the number it knows, follows the live connection, asks
 * for what it has missed, and comes back when it is cut off.
 */
export class CrowdClient {
  readonly #place: Place
  readonly account: Account
  readonly tasks = new Map<string, Shown>()
  readonly heard: Heard
  /** Without answers to what it said itself. */
  readonly frameTimes: number[] = []
  known = 0
  gaps = 0
  refused = 0
  connections = 0
  closedAt: number | undefined
  #socket: WebSocket | undefined
  #work: Promise<unknown> = Promise.resolve()
  #isOver = false

  /** @param secrets what is listened for in all that comes */
  constructor(place: Place, account: Account, secrets: RegExp) {
    this.#place = place
    this.account = account
    this.heard = new Heard(secrets)
  }

  /** Connects, and connects again, until it is over or refused for good. */
  async run(): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#connected()
      } catch (error) {
        if (error instanceof Refused) {
          this.refused += 1
          return
        }
        await delay(100 + 200 * Math.random())
      }
    }
  }

  cut(): void {
    this.#socket?.terminate()
  }

  get isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN
  }

  /** Says that it looks at a task; while it is cut off, nothing. */
  look(taskId: string): void {
    const message: ClientMessage = { action: 'presence', taskId }
    if (this.isConnected) this.#socket?.send(JSON.stringify(message))
  }

  end(): void {
    this.#isOver = true
    this.#socket?.terminate()
  }

  /** Whether everything that has come is worked in. */
  async settled(): Promise<void> {
    await this.#work
  }

  async #connected(): Promise<void> {
    const { ticket, url } = await this.#ask<{ ticket: string; url: string }>('POST', 'live-tickets')
    const socket = new WebSocket(url, [liveProtocol, ticketProtocol + ticket])
    this.#socket = socket
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as LiveFrame
      this.heard.text(String(data))
      for (const news of frame) this.heard.news(news)
      if (frame.some(({ type }) => type !== 'error')) this.frameTimes.push(performance.now())
      this.#then(async () => {
        for (const news of frame) await this.#take(news)
      })
    })
    const closed = new Promise<void>((resolve) => socket.on('close', resolve))
    await new Promise<void>((resolve, reject) => {
      socket.on('open', resolve)
      socket.on('error', reject)
    })
    this.connections += 1
    this.#then(() => this.#catchUp())
    await closed
    this.closedAt = performance.now()
  }

  /** One after the other. What fails is missing, and is asked for with the next connection. */
  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch(() => this.#socket?.terminate())
  }

  async #take(news: News): Promise<void> {
    if (news.type === 'behind') return this.#catchUp()
    if (news.type !== 'changes') return
    const learnt = learn(this.known, news)
    if (learnt === undefined) {
      this.gaps += 1
      return this.#catchUp()
    }
    for (const event of learnt.events) await this.#apply(event)
    this.known = learnt.known
  }

  async #catchUp(): Promise<void> {
    for (let more = true; more; ) {
      const page = await this.#ask<Changes>('GET', `changes?since=${this.known}&limit=100`)
      this.heard.text(JSON.stringify(page))
      this.heard.events(page.events)
      for (const event of page.events) await this.#apply(event)
      this.known = page.upTo
      more = page.more
    }
  }

  async #apply(event: LiveEvent): Promise<void> {
    if (event.type === 'task.hidden') this.tasks.delete(event.taskId)
    if (!isOfTask(event)) return
    const { taskId, taskVersion, changes } = event
    const shown = this.tasks.get(taskId)
    const title = changes.find(({ field }) => field === 'title')?.to
    if (shown !== undefined && shown.version >= taskVersion) return
    const isWhole = shown?.version === taskVersion - 1 || event.type === 'task.created'
    if (isWhole) this.tasks.set(taskId, { version: taskVersion, title: String(title ?? shown?.title) })
    else await this.#read(taskId)
  }

  async #read(taskId: string): Promise<void> {
    const { status, body } = await this.#place.send(this.account, 'GET', `tasks/${taskId}`)
    this.heard.text(JSON.stringify(body))
    const { version, title } = body as Shown
    if (status === 200) this.tasks.set(taskId, { version, title })
    else if (status === 404) this.tasks.delete(taskId)
    else throw new Error(`a task was answered with ${status}`)
  }

  async #ask<Body>(method: string, path: string): Promise<Body> {
    const { status, body } = await this.#place.send(
      this.account,
      method,
      path,
      method === 'POST' ? {} : undefined,
    )
    if (status === 404 || status === 401) throw new Refused()
    if (status !== 200) throw new Error(`${path} was answered with ${status}`)
    return body as Body
  }
}

class Refused extends Error {}
