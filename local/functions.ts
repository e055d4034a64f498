import { existsSync } from 'node:fs'
import type { Handler } from './lambda/invoke.ts'

/**
 * Loads `functions/<name>.ts` at its first invocation, as a cold start does, and keeps its `handler`.
 * Rejects with what is missing.
 */
export async function loadFunction(name: string): Promise<Handler> {
  const file = new URL(`../functions/${name}.ts`, import.meta.url)
  if (!existsSync(file)) throw new Error(`functions/${name}.ts is declared but does not exist`)
  const { handler } = (await import(file.href)) as { handler?: Handler }
  if (handler === undefined) throw new Error(`functions/${name}.ts exports no handler`)
  return handler
}
