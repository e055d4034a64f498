import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataStore } from 'cognito-local/lib/services/dataStore/dataStore.js'
import type { DataStoreFactory } from 'cognito-local/lib/services/dataStore/factory.js'

type Node = Record<string, unknown>

/**
 * Data stores for cognito-local: one JSON file per pool, each change on disk before its caller goes on.
 * The package's own store overwrites its file in place, so a kill in the middle would lose every account.
 */
export function jsonStores(directory: string): DataStoreFactory {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return {
    create: async (_context, id, defaults) => {
      const file = join(directory, `${id}.json`)
      const root: Node = { ...defaults, ...(existsSync(file) ? readJson(file) : {}) }
      writeJson(file, root)
      return jsonStore(file, root)
    },
  }
}

function jsonStore(file: string, root: Node): DataStore {
  return {
    getRoot: async <T>() => root as T,
    get: async <T>(_context: unknown, key: string | string[], fallback?: T) =>
      (valueAt(root, [key].flat()) ?? fallback ?? null) as T,
    set: async (_context, key, value) => {
      const { parent, name } = placeOf(root, [key].flat())
      parent[name] = value
      writeJson(file, root)
    },
    delete: async (_context, key) => {
      const { parent, name } = placeOf(root, [key].flat())
      delete parent[name]
      writeJson(file, root)
    },
  }
}

const valueAt = (root: Node, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (node, name) => (isNode(node) && Object.hasOwn(node, name) ? node[name] : undefined),
    root,
  )

/** Where a value stands or will stand; what lies between is made. */
function placeOf(root: Node, path: readonly string[]): { parent: Node; name: string } {
  const name = path.at(-1)
  if (name === undefined) throw new Error('A place in a store needs a name')
  let parent = root
  for (const step of path.slice(0, -1)) {
    if (!isNode(parent[step])) parent[step] = {}
    parent = parent[step] as Node
  }
  return { parent, name }
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

const readJson = (file: string): Node => JSON.parse(readFileSync(file, 'utf8'), reviveDate) as Node

/** cognito-local names every date, and nothing else, `…Date`. */
const reviveDate = (key: string, value: unknown): unknown =>
  key.endsWith('Date') && typeof value === 'string' ? new Date(value) : value

function writeJson(file: string, root: Node): void {
  writeFileSync(`${file}.new`, JSON.stringify(root, null, 1), { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
