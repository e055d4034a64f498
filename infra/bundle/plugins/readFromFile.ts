import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'

/**
 * Puts code that reads a file that `filesBeside.ts` puts beside the bundle in the place of a module of the project that
 * computes the same.
 */
export const readFromFile = (name: string, module: RegExp, contents: string): Plugin => ({
  name,
  setup(build) {
    build.onLoad({ filter: module }, ({ path }) => ({ contents, loader: 'js', resolveDir: dirname(path) }))
  },
})
