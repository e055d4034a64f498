import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

/** Names that `export { … }` accepts; the few others (`import * as x` aside) nobody imports by name. */
const identifier = /^[A-Za-z_$][\w$]*$/
const reserved = new Set(['default', 'module.exports', 'constructor'])

/**
 * Loads Node's own modules through `process.getBuiltinModule`, and only when first used.
 *
 * Why: an ESM import of `node:http` reads every export, and one of them loads all of undici. And most
 * of what the SDK imports at its top (`fs`, `zlib`, `child_process`, …) is never called in a Lambda.
 *
 * `import { f } from 'node:x'` gets a function that loads `node:x` when called. Classes and constants must be
 * the real thing, so those are read at once; tree shaking drops the ones that nobody names.
 */
export function lazyBuiltins(): Plugin {
  return {
    name: 'lazy-builtins',
    setup(build) {
      const names = builtinModules.filter((name) => !name.startsWith('_') && !name.includes(':'))
      const filter = new RegExp(`^(node:)?(${names.join('|')})$`)
      build.onResolve({ filter }, ({ path, kind }) => ({
        path: path.replace(/^node:/, ''),
        namespace: kind === 'import-statement' ? 'builtin' : 'whole-builtin',
        sideEffects: false,
      }))
      build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({ contents: facadeOf(path) }))
      build.onLoad({ filter: /./, namespace: 'whole-builtin' }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule('${path}')`,
      }))
    },
  }
}

/** Source of an ES module with the exports of the builtin `name`, each of them separately removable. */
function facadeOf(name: string): string {
  if (name === 'process') return facadeOfProcess()
  const exported: Record<string, unknown> = Object(process.getBuiltinModule(name))
  const lines = Object.keys(exported)
    .filter((key) => identifier.test(key) && !reserved.has(key))
    .map(
      (key) =>
        `const $${key} = ${isPlainFunction(exported, key) ? forward(key) : read(key)}\nexport { $${key} as ${key} }`,
    )
  return [
    `const load = () => process.getBuiltinModule('${name}')`,
    ...lines,
    'export default /* @__PURE__ */ load()',
  ].join('\n')
}

const forward = (key: string): string => `(...args) => load().${key}(...args)`
const read = (key: string): string => `/* @__PURE__ */ (() => load().${key})()`

/** True for what may be replaced by a forwarding function: not a class, and nothing hangs on it. */
function isPlainFunction(exported: Record<string, unknown>, key: string): boolean {
  // A getter may load a large module (`http.WebSocket` loads undici), so its value is not looked at.
  const value = Object.getOwnPropertyDescriptor(exported, key)?.value
  if (typeof value !== 'function' || /^[A-Z]/.test(key)) return false
  return Reflect.ownKeys(value).every((own) => ['length', 'name', 'prototype'].includes(String(own)))
}

/** `process` is there already; its methods need it as `this`. */
function facadeOfProcess(): string {
  const keys = Object.keys(process).filter((key) => identifier.test(key) && !reserved.has(key))
  const lines = keys.map((key) => {
    const method = typeof Object.getOwnPropertyDescriptor(process, key)?.value === 'function'
    return `const $${key} = ${method ? `(...args) => process.${key}(...args)` : `/* @__PURE__ */ (() => process.${key})()`}\nexport { $${key} as ${key} }`
  })
  return [...lines, 'export default process'].join('\n')
}
