import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuiltFunction } from './bundleFolder.ts'

const fileIn = (outDir: string): string => join(outDir, 'hashes.json')

const read = (outDir: string): Record<string, string> =>
  existsSync(fileIn(outDir)) ? JSON.parse(readFileSync(fileIn(outDir), 'utf8')) : {}

/** Notes the fingerprints beside the bundles; those of functions that were not built now stay. */
export function writeHashes(outDir: string, built: readonly BuiltFunction[]): void {
  const hashes = { ...read(outDir), ...Object.fromEntries(built.map(({ name, hash }) => [name, hash])) }
  writeFileSync(fileIn(outDir), `${JSON.stringify(hashes, null, 2)}\n`)
}

/** The fingerprint that decides whether a function is deployed again; `undefined` for a folder that no build made. */
export const hashOf = (outDir: string, name: string): string | undefined => read(outDir)[name]
