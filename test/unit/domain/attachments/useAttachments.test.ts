import { describe, expect, test } from 'vitest'
import type { Agreement, Agreements, FileAddress } from '../../../../shared/domain/attachments/ports.ts'
import { dropFiles } from '../../../../shared/domain/attachments/removed.ts'
import {
  completeAttachment,
  deleteAttachment,
  downloadAttachment,
  offerAttachment,
} from '../../../../shared/domain/attachments/useAttachments.ts'
import type { Stores } from '../../../../shared/domain/ports.ts'
import { revise } from '../../../../shared/domain/tasks/edit.ts'
import type { Task } from '../../../../shared/domain/tasks/task.ts'
import { memoryFiles } from '../../../support/memoryFiles.ts'
import { aMember, anAsk, aPerson, aTask, idOf, minutes, userOf, workspaceId } from '../support/builders.ts'
import { taskStore } from '../support/taskStore.ts'

const file = { name: 'plan.png', mediaType: 'image/png', size: 12 }
const taskPath = { workspaceId, taskId: aTask().id }

interface More {
  readonly userId?: string
  readonly now?: string
}

const worldOf = (task: Task = aTask()) => {
  const files = memoryFiles()
  const store = taskStore(task)
  const tasks = { ...store.tasks, task: async () => store.present() } as Stores['tasks']
  const kept = new Map<string, Agreement>()
  const keep: Agreements['keep'] = async (agreement, { key, payload }) => {
    const entity = kept.get(key)
    if (entity !== undefined) return { won: false, ran: { payload, entity } }
    kept.set(key, agreement)
    return { won: true }
  }
  const world = { tasks, ...files, agreements: { keep } }
  const callOf = (params: object, body: unknown, { userId = userOf('ana'), now = minutes(1) }: More) =>
    ({ ask: anAsk({ params, query: {}, body, userId, now }), person: aPerson(), member: aMember() }) as never
  const offer = async (body = file, more: More = {}) => {
    const outcome = await offerAttachment.run(callOf(taskPath, body, more), store.present(), world)
    const { attachmentId } = outcome.body
    return { ...outcome.body, address: { ...taskPath, attachmentId } as FileAddress }
  }
  const complete = async (address: FileAddress, ticket: string, more: More = {}) =>
    (await completeAttachment.run(callOf(address, { ticket }, more), store.present(), world)).body
  const attach = async (body = file) => {
    const { address, ticket } = await offer(body)
    files.arrive(address, { size: body.size, mediaType: body.mediaType })
    await complete(address, ticket)
    return { address, ticket }
  }
  const download = (address: FileAddress) =>
    downloadAttachment.run(callOf(address, undefined, {}), store.present(), world)
  const remove = (address: FileAddress) =>
    deleteAttachment.run(callOf(address, undefined, {}), store.present(), world)
  return { files, store, world, offer, complete, attach, download, remove }
}

const failing = (code: string) => expect.objectContaining({ code })

describe('attaching', () => {
  test('writes the task once, when the file has arrived as it was declared', async () => {
    const { files, store, offer, complete } = worldOf()
    const { address, ticket, upload } = await offer()
    expect(upload.headers['content-type']).toBe('image/png')
    expect(store.present().revision).toBe(1)
    files.arrive(address, file)
    const attachment = { ...file, uploadedBy: userOf('ana'), uploadedAt: minutes(1) }
    expect(await complete(address, ticket)).toEqual({ id: address.attachmentId, ...attachment })
    expect(store.present()).toMatchObject({ version: 2, attachments: { [address.attachmentId]: attachment } })
    expect(files.held(address)).toMatchObject({ disposition: "attachment; filename*=UTF-8''plan.png" })
    expect(store.events.at(-1)?.changes).toEqual([
      { field: `attachments/${address.attachmentId}`, from: null, to: attachment },
    ])
  })

  test('again answers the same and changes nothing, even when the upload is gone', async () => {
    const { files, store, offer, complete } = worldOf()
    const { address, ticket } = await offer()
    files.arrive(address, file)
    const first = await complete(address, ticket)
    files.expire(address)
    expect(await complete(address, ticket, { now: minutes(9) })).toEqual(first)
    expect(store.present().version).toBe(2)
  })

  test('before the file is there is refused', async () => {
    const { store, offer, complete } = worldOf()
    const { address, ticket } = await offer()
    await expect(complete(address, ticket)).rejects.toEqual(failing('upload-missing'))
    expect(store.present().version).toBe(1)
  })

  test.each([
    ['size', { size: 13 }],
    ['type', { mediaType: 'text/html' }],
  ])('a file of another %s is refused, with what was declared and what came', async (_, lie) => {
    const { files, store, offer, complete } = worldOf()
    const { address, ticket } = await offer()
    files.arrive(address, { ...file, ...lie })
    const { size, mediaType } = file
    await expect(complete(address, ticket)).rejects.toMatchObject({
      code: 'upload-mismatch',
      extra: { declared: { size, mediaType }, uploaded: { size, mediaType, ...lie } },
    })
    expect(files.held(address)).toBeUndefined()
    expect(store.present().version).toBe(1)
  })

  test('bytes that changed between check and copy are refused', async () => {
    const { files, world, store, offer, complete } = worldOf()
    const { address, ticket } = await offer()
    files.arrive(address, file)
    const { uploaded } = world.objects
    world.objects.uploaded = async (one) => {
      const seen = await uploaded(one)
      files.arrive(address, file, '"2"')
      return seen
    }
    await expect(complete(address, ticket)).rejects.toEqual(failing('upload-missing'))
    expect(store.present().version).toBe(1)
  })

  test('takes the ticket of this upload, person and day only', async () => {
    const { files, offer, complete } = worldOf()
    const { address, ticket } = await offer()
    const other = await offer()
    files.arrive(address, file)
    files.arrive(other.address, file)
    const refused = { code: 'invalid-request', errors: [{ pointer: '/ticket' }] }
    await expect(complete(address, other.ticket)).rejects.toMatchObject(refused)
    await expect(complete(address, `${ticket}x`)).rejects.toMatchObject(refused)
    await expect(complete(address, 'e30.e30')).rejects.toMatchObject(refused)
    for (const elsewhere of [
      { taskId: idOf('task', 'other') },
      { workspaceId: idOf('workspace', 'other') },
    ]) {
      const there = { ...address, ...elsewhere }
      files.arrive(there, file)
      await expect(complete(there, ticket)).rejects.toMatchObject(refused)
    }
    await expect(complete(address, ticket, { userId: userOf('ben') })).rejects.toMatchObject(refused)
    await expect(complete(address, ticket, { now: minutes(1 + 1440) })).rejects.toMatchObject(refused)
    await expect(complete(address, ticket, { now: minutes(1439) })).resolves.toMatchObject(file)
  })

  test('two files at once keeps both', async () => {
    const { files, store, offer, complete } = worldOf()
    const [one, two] = [await offer(), await offer({ ...file, name: 'two.png' })]
    for (const { address } of [one, two]) files.arrive(address, file)
    await Promise.all([one, two].map(({ address, ticket }) => complete(address, ticket)))
    const names = Object.values(store.present().attachments).map(({ name }) => name)
    expect(names.sort()).toEqual(['plan.png', 'two.png'])
  })

  test('a hundred and first file is refused, when it is offered and when it is completed', async () => {
    const attachment = { ...file, uploadedBy: userOf('ana'), uploadedAt: minutes(0) }
    const ids = Array.from({ length: 100 }, (_, n) => idOf('attachment', String(n)))
    const full = { attachments: Object.fromEntries(ids.map((id) => [id, attachment])) }
    const { files, store, offer, complete } = worldOf()
    const { address, ticket } = await offer()
    files.arrive(address, file)
    await store.tasks.replace(
      revise(store.present(), full, { userId: userOf('ben'), now: minutes(1), zone: 'UTC' }),
    )
    await expect(offer()).rejects.toEqual(failing('conflict'))
    await expect(complete(address, ticket)).rejects.toEqual(failing('conflict'))
    expect(files.held(address)).toBeUndefined()
  })

  test('to a task that went into the trash meanwhile is refused', async () => {
    const { files, store, world, offer, complete } = worldOf()
    const { address, ticket } = await offer()
    files.arrive(address, file)
    const { accept } = world.objects
    world.objects.accept = async (...parts) => {
      await store.tasks.replace({ ...store.present(), trashedAt: minutes(1), revision: 2, version: 2 })
      return accept(...parts)
    }
    await expect(complete(address, ticket)).rejects.toEqual(failing('not-found'))
  })

  test('gives the file a name that can be saved anywhere', async () => {
    const { files, offer, complete } = worldOf()
    const { address, ticket, name } = await offer({ ...file, name: '../../a\u202egnp.exe' })
    expect(name).toBe('agnp.exe')
    files.arrive(address, file)
    expect(await complete(address, ticket)).toMatchObject({ name: 'agnp.exe' })
  })
})

describe('a download', () => {
  test('is an attachment, of a type that no browser runs', async () => {
    const { attach, download } = worldOf()
    const { address } = await attach({ ...file, name: 'a.svg', mediaType: 'image/svg+xml' })
    const { searchParams } = new URL((await download(address)).body.url)
    expect(Object.fromEntries(searchParams)).toEqual({
      disposition: "attachment; filename*=UTF-8''a.svg",
      mediaType: 'application/octet-stream',
    })
  })

  test('of what the task has not, or has under a name of the language, is not found', async () => {
    const { download } = worldOf()
    for (const attachmentId of [idOf('attachment', 'none'), 'constructor', '__proto__'])
      await expect(download({ ...taskPath, attachmentId })).rejects.toEqual(failing('not-found'))
  })
})

describe('deleting', () => {
  test('takes the file out of the task in one write, and a second time finds nothing', async () => {
    const { store, attach, remove } = worldOf()
    const { address } = await attach()
    await remove(address)
    expect(store.present()).toMatchObject({ version: 3, attachments: {} })
    await expect(remove(address)).rejects.toEqual(failing('not-found'))
  })

  test('drops the file once the change is seen, and again harmlessly', async () => {
    const { files, store, world, attach, remove } = worldOf()
    const [one, two] = [await attach(), await attach()]
    const before = store.present()
    await remove(one.address)
    const change = { before, after: store.present() }
    await dropFiles(change, world)
    await dropFiles(change, world)
    expect(files.held(one.address)).toBeUndefined()
    expect(files.held(two.address)).toBeDefined()
  })

  test('of the whole task drops every file of it; the trash keeps them', async () => {
    const { files, store, world, attach } = worldOf()
    const attached = await Promise.all(Array.from({ length: 25 }, () => attach()))
    const before = store.present()
    await dropFiles({ before, after: { ...before, trashedAt: minutes(5) } }, world)
    expect(attached.every(({ address }) => files.held(address))).toBe(true)
    const gone = { ...world, tasks: { task: async () => undefined } }
    await dropFiles({ before, after: undefined }, gone)
    expect(attached.some(({ address }) => files.held(address))).toBe(false)
  })

  test('leaves a file that was attached again before the change was seen', async () => {
    const { files, store, world, attach, remove, complete } = worldOf()
    const { address, ticket } = await attach()
    const before = store.present()
    await remove(address)
    const after = store.present()
    await complete(address, ticket)
    await dropFiles({ before, after }, world)
    expect(files.held(address)).toBeDefined()
  })
})
