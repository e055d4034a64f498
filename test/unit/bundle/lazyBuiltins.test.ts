import { PassThrough } from 'node:stream'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { common } from '../../../infra/bundle/esbuildOptions.ts'
import { lazyBuiltins } from '../../../infra/bundle/plugins/lazyBuiltins.ts'

/** Bundles `contents` and runs it with a `process` that notes which builtins it is asked for. */
async function run(contents: string) {
  const { outputFiles } = await build({
    ...common,
    stdin: { contents, resolveDir: import.meta.dirname },
    format: 'cjs',
    write: false,
    plugins: [lazyBuiltins()],
  })
  const asked: string[] = []
  const module = { exports: {} as Record<string, unknown> }
  const watched = {
    ...process,
    getBuiltinModule: (name: string) => {
      asked.push(name)
      return process.getBuiltinModule(name)
    },
  }
  new Function('module', 'process', outputFiles[0]?.text ?? '')(module, watched)
  return { exports: module.exports, asked }
}

describe('an import of a builtin module', () => {
  it('loads nothing until a function of it is called', async () => {
    const { exports, asked } = await run(`import { createHash } from 'node:crypto'
      export const digest = () => createHash('md5').update('a').digest('hex')`)
    expect(asked).toEqual([])
    expect((exports.digest as () => string)()).toBe('0cc175b9c0f1b6a831c399e269772661')
    expect(asked).toEqual(['crypto'])
  })

  it('loads nothing for names that nobody uses', async () => {
    const { asked } = await run(`import { Agent, request } from 'https'
      import { EventEmitter } from 'node:events'
      export const emitter = new EventEmitter()`)
    expect(asked).toEqual(['events'])
  })

  it('gives classes and constants as they are', async () => {
    const { exports } = await run(`import { PassThrough } from 'node:stream'
      import { constants } from 'node:os'
      export class Mine extends PassThrough {}
      export { constants }`)
    expect(exports.Mine).toHaveProperty('prototype', expect.any(PassThrough))
    expect(exports.constants).toBe(process.getBuiltinModule('node:os').constants)
  })

  it('may be by default, by namespace, from CommonJS or dynamic', async () => {
    const { exports } = await run(`import path from 'node:path'
      import * as url from 'node:url'
      const { inspect } = require('util')
      export const later = import('node:http').then(({ STATUS_CODES }) => STATUS_CODES[404])
      export const now = [path.join('a', 'b'), url.fileURLToPath('file:///a'), inspect(1)]`)
    expect(exports.now).toEqual(['a/b', '/a', '1'])
    expect(await exports.later).toBe('Not Found')
  })

  it('knows the modules with a slash and process', async () => {
    const { exports } = await run(`import { setTimeout } from 'node:timers/promises'
      import { env, version, nextTick } from 'node:process'
      export const waited = setTimeout(0, 'waited')
      export const seen = [env === process.env, version, typeof nextTick]`)
    expect(await exports.waited).toBe('waited')
    expect(exports.seen).toEqual([true, process.version, 'function'])
  })

  it('keeps what hangs on a function', async () => {
    const { exports } = await run(`import { exec } from 'node:child_process'
      import { promisify } from 'node:util'
      export const run = promisify(exec)`)
    const exec = process.getBuiltinModule('node:child_process').exec
    const { promisify } = process.getBuiltinModule('node:util')
    expect(String(exports.run)).toBe(String(promisify(exec)))
  })
})
