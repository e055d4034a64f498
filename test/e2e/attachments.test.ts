import { expect } from 'vitest'
import * as routes from '../../shared/api/routes/attachments.ts'
import * as tasks from '../../shared/api/routes/tasks.ts'
import { urlOf } from '../support/e2e/api.ts'
import { newPerson } from '../support/e2e/people.ts'
import { requires } from '../support/e2e/requires.ts'
import { newTeam, soon, type Team } from '../support/e2e/team.ts'
import { rawRequest } from '../support/files/rawRequest.ts'
import { sendFile } from '../support/files/sendFile.ts'

/** Files go to the bucket directly; and they come from the files origin. */
const uploads = requires('files-upload', 'files-copy')
const downloads = requires('files-upload', 'files-copy', 'files-download', 'files-origin')

interface File {
  readonly name: string
  readonly mediaType: string
  readonly content: string | Uint8Array<ArrayBuffer>
}

const withTask = async (team: Team) => {
  const { id: taskId } = await team.addTask({ title: 'With files' })
  return { workspaceId: team.workspaceId, taskId }
}

const begin = async (team: Team, params: { workspaceId: string; taskId: string }, file: File) => {
  const { name, mediaType, content } = file
  const size = Buffer.byteLength(content)
  const { body } = await team.owner.api.ok(routes.offerAttachment, {
    params,
    body: { name, mediaType, size },
  })
  const { attachmentId, upload, ticket } = body
  const put = (content: File['content'], headers = {}) =>
    sendFile(upload.url, { method: 'PUT', headers: { ...upload.headers, ...headers }, body: content })
  return { params: { ...params, attachmentId }, upload, name: body.name, body: { ticket }, put, size }
}

const attach = async (team: Team, params: { workspaceId: string; taskId: string }, file: File) => {
  const begun = await begin(team, params, file)
  expect((await begun.put(file.content)).status).toBe(200)
  await team.owner.api.ok(routes.completeAttachment, begun)
  return begun.params
}

const download = async (team: Team, params: Record<string, string>) => {
  const { body } = await team.owner.api.ok(routes.downloadAttachment, { params })
  return { ...body, response: await sendFile(body.url) }
}

downloads(
  'a file is attached, listed with its task, downloaded to the byte, and gone once deleted',
  async () => {
    const team = await newTeam()
    const task = await withTask(team)
    const content = Uint8Array.from({ length: 100_000 }, (_, n) => (n * 31) % 251)
    const file = { name: 'Plan für März.png', mediaType: 'image/png', content }
    const params = await attach(team, task, file)
    const attachment = {
      id: params.attachmentId,
      name: file.name,
      mediaType: 'image/png',
      size: content.length,
      uploadedBy: team.owner.id,
    }
    const read = await team.owner.api.ok(tasks.getTask, { params: task })
    expect(read.body).toMatchObject({ version: 2, attachments: [attachment] })
    const { url, response } = await download(team, params)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(content)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Plan%20f%C3%BCr%20M%C3%A4rz.png",
    )
    await soon(async () => {
      const { body } = await team.owner.api.ok(tasks.listTaskHistory, { params: task })
      expect(body.items[0]?.changes).toMatchObject([
        { field: `attachments/${params.attachmentId}`, from: null },
      ])
    })
    await team.owner.api.ok(routes.deleteAttachment, { params })
    await team.owner.api.refused('not-found', routes.downloadAttachment, { params })
    // By then the file is gone, or its address has ended.
    await soon(async () => expect([403, 404]).toContain((await sendFile(url)).status))
  },
)

const script = '<script>alert(document.domain)</script>'
const hostile: readonly (File & { readonly is: string })[] = [
  { is: 'a page', name: 'a.html', mediaType: 'text/html', content: `<!doctype html>${script}` },
  { is: 'a page that says it is text', name: 'a.html', mediaType: 'text/plain', content: `<html>${script}` },
  {
    is: 'a drawing with a script',
    name: 'a.svg',
    mediaType: 'image/svg+xml',
    content: `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
  },
  {
    is: 'XML',
    name: 'a.xml',
    mediaType: 'application/xml',
    content: `<?xml version="1.0"?><a>${script}</a>`,
  },
  { is: 'a script', name: 'a.js', mediaType: 'text/javascript', content: 'alert(1)' },
  {
    is: 'GIF and script in one',
    name: 'a.gif',
    mediaType: 'image/gif',
    content: 'GIF89a/*\u0001*/=0;alert(1)//',
  },
  { is: 'PDF and page in one', name: 'a.pdf', mediaType: 'application/pdf', content: `%PDF-1.4\n${script}` },
  { is: 'PNG and page in one', name: 'a.png', mediaType: 'image/png', content: `\x89PNG\r\n\x1a\n${script}` },
  { is: 'a type of many signs', name: 'a', mediaType: "text/html'*!#$%&+^`|~", content: script },
]

for (const file of hostile) {
  downloads(`${file.is} is a download that nothing runs`, async () => {
    const team = await newTeam()
    const { url, response } = await download(team, await attach(team, await withTask(team), file))
    expect(new URL(url).origin).not.toBe(new URL(urlOf('/')).origin)
    expect(await response.text()).toBe(Buffer.from(file.content).toString())
    const { headers } = response
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''a(\.\w+)?$/)
    expect(headers.get('content-type')).toMatch(
      /^(application\/(octet-stream|pdf)|image\/(png|gif)|text\/plain)$/,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toContain('no-store')
  })
}

const page = { name: 'a.txt', mediaType: 'text/plain', content: 'hello' }

uploads('an upload that lies about its size or type is not stored, and nothing is attached', async () => {
  const team = await newTeam()
  const task = await withTask(team)
  const { api } = team.owner
  const begun = await begin(team, task, page)
  for (const content of ['hell', 'hello!', '', 'h'.repeat(100_000)])
    expect((await begun.put(content)).status).toBe(403)
  expect((await begun.put('hello', { 'content-type': 'text/html' })).status).toBe(403)
  const { url, headers } = begun.upload
  const chunked = { ...headers, 'transfer-encoding': 'chunked' }
  const chunks = ['5\r\nhello\r\n0\r\n\r\n']
  expect(await rawRequest({ method: 'PUT', url, headers: chunked, chunks })).toBeGreaterThanOrEqual(400)
  const short = { ...headers, 'content-length': '5' }
  await rawRequest({ method: 'PUT', url, headers: short, chunks: ['hell'], hangUp: true })
  await api.refused('upload-missing', routes.completeAttachment, begun)
  expect((await api.ok(tasks.getTask, { params: task })).body).toMatchObject({ version: 1, attachments: [] })
  // The refusals have used nothing up: the file as it was declared is still welcome.
  expect((await begun.put('hello')).status).toBe(200)
  const done = await api.ok(routes.completeAttachment, begun)
  expect(done.body).toMatchObject({ size: 5, mediaType: 'text/plain' })
})

downloads('what was accepted never changes, whoever still holds the address of its upload', async () => {
  const team = await newTeam()
  const begun = await begin(team, await withTask(team), page)
  expect((await begun.put('hello')).status).toBe(200)
  const first = await team.owner.api.ok(routes.completeAttachment, begun)
  expect((await begun.put('HELLO')).status).toBe(412)
  expect((await team.owner.api.ok(routes.completeAttachment, begun)).body).toEqual(first.body)
  const { response } = await download(team, begun.params)
  expect(await response.text()).toBe('hello')
})

downloads('the address of an upload or download is good for nothing else', async () => {
  const team = await newTeam()
  const task = await withTask(team)
  const [one, two] = [await begin(team, task, page), await begin(team, task, page)]
  const moved = one.upload.url.replace(one.params.attachmentId, two.params.attachmentId)
  for (const url of [
    moved,
    one.upload.url.replace('/uploads/', '/files/'),
    one.upload.url.replace('/uploads/', '/uploads/../files/'),
    one.upload.url.replace('/uploads/', '/uploads/%2e%2e/files/'),
    one.upload.url.replace(one.params.attachmentId, `${one.params.attachmentId}%00`),
    one.upload.url.replace(one.params.attachmentId, 'a'.repeat(1000)),
  ]) {
    const headers = { ...one.upload.headers, 'content-length': '5' }
    const status = await rawRequest({ method: 'PUT', url, headers, chunks: ['hello'] })
    expect([400, 403, 404]).toContain(status)
  }
  for (const { params, body } of [one, two])
    await team.owner.api.refused('upload-missing', routes.completeAttachment, { params, body })
  await one.put('hello')
  await team.owner.api.ok(routes.completeAttachment, one)
  const { url } = await download(team, one.params)
  for (const other of [
    url.replace('attachment%3B', 'inline%3B'),
    url.replace('text%2Fplain', 'text%2Fhtml'),
    url.replace(/&?response-content-disposition=[^&]+/, ''),
    url.replace('/files/', '/uploads/'),
    url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800'),
  ]) {
    expect(other).not.toBe(url)
    expect((await sendFile(other)).status).toBe(403)
  }
})

downloads(
  'a name plays no tricks: no path, no controls, no reversal, nothing that ends the header',
  async () => {
    const team = await newTeam()
    const task = await withTask(team)
    const names: Record<string, string> = {
      '../../etc/passwd': 'passwd',
      '..\\..\\boot.ini': 'boot.ini',
      'a".html; filename="b.txt': 'a_.html; filename=_b.txt',
      'a\r\nSet-Cookie: b=c': 'aSet-Cookie_ b=c',
      'invoice\u202efdp.exe': 'invoicefdp.exe',
      '🧾.txt': '🧾.txt',
      'con.txt': '_con.txt',
      '...': 'file',
    }
    for (const [given, expected] of Object.entries(names)) {
      const params = await attach(team, task, { ...page, name: given })
      const { response } = await download(team, params)
      const disposition = response.headers.get('content-disposition') ?? ''
      const [kind, encoded = ''] = disposition.split("; filename*=UTF-8''")
      expect([kind, decodeURIComponent(encoded)]).toEqual(['attachment', expected])
      expect(encoded).toMatch(/^([\w.!~-]|%[0-9A-F]{2})+$/)
      expect(response.headers.get('set-cookie')).toBeNull()
    }
    const read = await team.owner.api.ok(tasks.getTask, { params: task })
    expect(read.body.attachments.map(({ name }) => name)).toEqual(Object.values(names))
  },
)

uploads('what cannot be attached is refused with the field that is wrong', async () => {
  const team = await newTeam()
  const params = await withTask(team)
  const good = { name: 'a.txt', mediaType: 'text/plain', size: 5 }
  const wrong: [string, object][] = [
    ['/size', { size: 0 }],
    ['/size', { size: 52_428_801 }],
    ['/size', { size: 1.5 }],
    ['/name', { name: ' ' }],
    ['/name', { name: 'a'.repeat(256) }],
    ['/name', { name: 'a\u0000b' }],
    ['/mediaType', { mediaType: 'text' }],
    ['/mediaType', { mediaType: 'text/plain; charset=utf-8' }],
    ['/mediaType', { mediaType: 'text/plain\r\nx: y' }],
    ['/mediaType', { mediaType: `text/${'a'.repeat(123)}` }],
  ]
  for (const [pointer, change] of wrong) {
    const body = { ...good, ...change }
    const { errors } = await team.owner.api.refused('invalid-request', routes.offerAttachment, {
      params,
      body,
    })
    expect(
      errors?.map((one) => one.pointer),
      JSON.stringify(change),
    ).toEqual([pointer])
  }
  await team.owner.api.ok(routes.offerAttachment, { params, body: { ...good, size: 52_428_800 } })
})

uploads('a ticket is for one upload, of one person, in one workspace', async () => {
  const team = await newTeam()
  const task = await withTask(team)
  const mate = await newPerson('Mara Manager')
  await team.admit(mate, 'manager')
  const [one, two] = [await begin(team, task, page), await begin(team, task, page)]
  for (const { put } of [one, two]) await put('hello')
  const wrong = { params: one.params, body: two.body }
  const tampered = { params: one.params, body: { ticket: one.body.ticket.replace(/^.{4}/, 'AAAA') } }
  for (const request of [wrong, tampered]) {
    const { errors } = await team.owner.api.refused('invalid-request', routes.completeAttachment, request)
    expect(errors?.[0]?.pointer).toBe('/ticket')
  }
  await mate.api.refused('invalid-request', routes.completeAttachment, one)
  const elsewhere = await newTeam(team.owner)
  const foreign = { ...one.params, workspaceId: elsewhere.workspaceId }
  await team.owner.api.refused('not-found', routes.completeAttachment, { ...one, params: foreign })
})

uploads(
  'files are as visible as their task: strangers learn nothing, guests read what is theirs',
  async () => {
    const team = await newTeam()
    const guest = await newPerson('Gus Guest')
    await team.admit(guest, 'guest')
    const stranger = await newPerson('Sam Stranger')
    const task = await withTask(team)
    const params = await attach(team, task, page)
    for (const { api } of [guest, stranger]) {
      await api.refused('not-found', routes.downloadAttachment, { params })
      await api.refused('not-found', routes.deleteAttachment, { params })
    }
    await team.owner.api.ok(tasks.editTask, { params: task, body: { assigneeIds: [guest.id] } })
    await guest.api.ok(routes.downloadAttachment, { params })
    await guest.api.refused('forbidden', routes.deleteAttachment, { params })
    const body = { name: 'a', mediaType: 'text/plain', size: 1 }
    await guest.api.refused('forbidden', routes.offerAttachment, { params: task, body })
  },
)
