import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { codeFile } from './script.ts'

const loaderFile = 'index.mjs'

export interface BuiltFunction {
  readonly name: string
  /** Folder to deploy as it is; the handler is `index.handler`. */
  readonly dir: string
  /** Minified code in bytes, loader included, code cache not. */
  readonly bytes: number
  /**
   * Fingerprint of the files and of the names of the caches. V8 never writes the same cache twice, so a
   * fingerprint of the folder would deploy every function each time.
   */
  readonly hash: string
}

/** Makes `dir` hold the loader and `files`, path to content; code caches stay only when the code is the same. */
export async function writeFolder(dir: string, loader: string, files: ReadonlyMap<string, Uint8Array>) {
  const before = await readFile(join(dir, codeFile)).catch(() => undefined)
  if (!before?.equals(files.get(codeFile) ?? new Uint8Array()))
    await rm(dir, { recursive: true, force: true })
  const wanted = new Map([...files, [loaderFile, Buffer.from(loader)]])
  for (const [path, content] of wanted) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
}

/** Reads back what is in a bundle's folder. */
export async function describeFolder(dir: string): Promise<BuiltFunction> {
  const hash = createHash('sha256')
  let bytes = 0
  for (const path of await filesIn(dir)) {
    hash.update(`\0${path}\0`)
    if (path.endsWith('.cache')) continue
    const content = await readFile(join(dir, path))
    hash.update(content)
    if (path === loaderFile || path === codeFile) bytes += content.length
  }
  return { name: basename(dir), dir, bytes, hash: hash.digest('hex') }
}

async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => relative(dir, join(parentPath, name))).sort()
}
