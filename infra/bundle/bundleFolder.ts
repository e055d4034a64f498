import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { codeFile } from './script.ts'

const loaderFile = 'index.mjs'

export interface BuiltFunction {
  readonly name: string
  /** Folder to deploy as it is; the handler is `index.handler`. */
  readonly dir: string
  /** Minified code in bytes, loader included, code cache not. */
  readonly bytes: number
  /**
   * Fingerprint of the code and of the names of its caches. V8 never writes the same cache twice, so a
   * fingerprint of the folder would deploy every function each time.
   */
  readonly hash: string
}

/** Makes `dir` hold the loader and `files`, name to content; code caches stay only when the code is the same. */
export async function writeFolder(dir: string, loader: string, files: ReadonlyMap<string, Uint8Array>) {
  const before = await readFile(join(dir, codeFile)).catch(() => undefined)
  if (!before?.equals(files.get(codeFile) ?? new Uint8Array()))
    await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  const wanted = new Map([...files, [loaderFile, Buffer.from(loader)]])
  await Promise.all([...wanted].map(([name, content]) => writeFile(join(dir, name), content)))
}

/** Reads back what is in a bundle's folder. */
export async function describeFolder(dir: string): Promise<BuiltFunction> {
  const code = await Promise.all([loaderFile, codeFile].map((file) => readFile(join(dir, file))))
  const caches = (await readdir(dir)).filter((file) => file.endsWith('.cache'))
  const hash = createHash('sha256')
  for (const part of [...code, caches.toSorted().join()]) hash.update(part)
  const bytes = code.reduce((sum, { length }) => sum + length, 0)
  return { name: basename(dir), dir, bytes, hash: hash.digest('hex') }
}
