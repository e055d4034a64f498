import type { Plugin } from 'esbuild'

/** Marks what keeps esbuild from dropping what nobody uses: lib-dynamodb does not say that it may (its siblings do). */
export function shakeDocumentClient(): Plugin {
  return {
    name: 'shake-document-client',
    setup(build) {
      build.onResolve({ filter: /^@aws-sdk\/lib-dynamodb$/ }, async ({ path, pluginData, ...rest }) => {
        if (pluginData === 'resolving') return undefined
        const { resolveDir, importer, kind } = rest
        const found = await build.resolve(path, { resolveDir, importer, kind, pluginData: 'resolving' })
        return { ...found, sideEffects: false }
      })
    },
  }
}
