import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** The SDK imports its own package.json for the version alone; scripts and maintainers stay behind. */
export function manifestVersions(): Plugin {
  return {
    name: 'manifest-versions',
    setup(build) {
      build.onLoad({ filter: /node_modules[\\/].*[\\/]package\.json$/ }, async ({ path }) => {
        const { name, version } = JSON.parse(await readFile(path, 'utf8'))
        return { contents: JSON.stringify({ name, version }), loader: 'json' }
      })
    },
  }
}
