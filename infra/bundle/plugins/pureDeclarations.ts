import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'
import { parseAst } from 'vite'

/** A node of the syntax tree, as far as the walk looks at it. */
interface Node {
  readonly type: string
  readonly start: number
}

const marker = '/* @__PURE__ */ '

/**
 * Lets unused declarations of `shared/api` fall away. Routes and schemas are values made by calls, and a
 * bundler must keep a call that it can't prove harmless; there all of them are, that folder only declares. Without
 * this, each function carries every route of its resource, their schemas and the parts of zod that those need.
 */
export function pureDeclarations(): Plugin {
  return {
    name: 'pure-declarations',
    setup(build) {
      build.onLoad({ filter: /[\\/]shared[\\/]api[\\/].*\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, 'utf8')
        const { code } = await build.esbuild.transform(source, { loader: 'ts', target: 'node24' })
        return { contents: markCalls(code), loader: 'js' }
      })
    },
  }
}

/** `code` with every call outside functions marked as free of side effects. */
export function markCalls(code: string): string {
  const starts = new Set(callStarts(parseAst(code)))
  return [...starts]
    .toSorted((a, b) => b - a)
    .reduce((text, at) => text.slice(0, at) + marker + text.slice(at), code)
}

/** Where the calls begin that run when the module is loaded. */
function callStarts(node: unknown): number[] {
  if (Array.isArray(node)) return node.flatMap(callStarts)
  if (!isNode(node) || /Function/.test(node.type)) return []
  const own = node.type === 'CallExpression' || node.type === 'NewExpression' ? [node.start] : []
  return [...own, ...Object.values(node).flatMap(callStarts)]
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value
