import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { openFolder } from '../../../../local/parts/files/folder.ts'

const temporary = () => {
  const path = mkdtempSync(join(tmpdir(), 'duely-files-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}
const draft = { key: 'uploads/a', mediaType: 'text/plain', disposition: undefined }
const incoming = (size: number, ...parts: string[]) => ({
  size,
  content: (async function* () {
    for (const part of parts) yield Buffer.from(part)
  })(),
})
const filesIn = (path: string) => ['objects', 'drafts'].flatMap((folder) => readdirSync(join(path, folder)))

test.each([
  ['shorter', 'IncompleteBody', ['hel']],
  ['longer', 'EntityTooLarge', ['hello', '!']],
])('content that is %s than it says is refused, and leaves nothing', async (_, code, parts) => {
  const path = temporary()
  const folder = openFolder(path, Date.now)
  await expect(folder.store(draft, incoming(5, ...parts), true)).rejects.toMatchObject({ code })
  expect(filesIn(path)).toEqual([])
  expect(await folder.find(draft.key)).toBeUndefined()
})

test('what a killed process left half written is gone at the next start', async () => {
  const path = temporary()
  await openFolder(path, Date.now).store(draft, incoming(5, 'hello'), true)
  writeFileSync(join(path, 'drafts', 'half'), 'hel')
  const folder = openFolder(path, Date.now)
  expect(filesIn(path)).toHaveLength(1)
  const object = await folder.find(draft.key)
  expect(object && (await text(folder.read(object)))).toBe('hello')
})

test('keys that look like paths, and any others, are names of files in the one folder', async () => {
  const path = temporary()
  const folder = openFolder(path, Date.now)
  const keys = ['../../x', '/etc/x', 'a\u0000b', 'CON', '.', '..', 'ü'.repeat(500)]
  for (const key of keys) await folder.store({ ...draft, key }, incoming(5, 'hello'), false)
  expect(readdirSync(join(path, 'objects')).every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true)
  for (const key of keys) {
    const object = await folder.find(key)
    expect(object).toMatchObject({ key, size: 5 })
    expect(object && (await text(folder.read(object)))).toBe('hello')
  }
  // As JSON these take more room than the header of a file has.
  const long = { ...draft, key: '\u0001'.repeat(1000) }
  await expect(folder.store(long, incoming(5, 'hello'), false)).rejects.toMatchObject({
    code: 'KeyTooLongError',
  })
})
