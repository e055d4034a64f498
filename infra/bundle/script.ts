import type { Script as ScriptType } from 'node:vm'
import { cacheName } from './cacheName.ts'

/** The code of a function, beside its loader; it evaluates to a function of CommonJS's `module`. */
export const codeFile = 'function.js'

interface FunctionModule {
  exports: { readonly handler?: unknown }
}

/** Compiles the code in `folder`, with the code cache of this runtime when `cached` and there is one. */
export function compile(folder: string, cached: boolean): ScriptType {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const { Script } = process.getBuiltinModule('node:vm')
  const filename = `${folder}/${codeFile}`
  // The build stores it so: it needs no decoding, and half the memory.
  const source = readFileSync(filename, 'latin1')
  const cachedData = cached ? readCache(folder) : undefined
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) })
  if (script.cachedDataRejected) report('Code cache rejected')
  return script
}

/** Runs compiled code once and returns what it exports. */
export function run(script: ScriptType): FunctionModule['exports'] {
  const module: FunctionModule = { exports: {} }
  script.runInThisContext()(module)
  return module.exports
}

function readCache(folder: string): Buffer | undefined {
  try {
    return process.getBuiltinModule('node:fs').readFileSync(`${folder}/${cacheName()}`)
  } catch {
    report('No code cache for this runtime')
    return undefined
  }
}

/** A slower cold start is no failure: it is only logged. */
function report(message: string): void {
  console.log(JSON.stringify({ level: 'warn', message, cache: cacheName() }))
}
