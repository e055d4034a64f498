import type { Plugin } from 'esbuild'

const packages = ['@aws-sdk/lib-dynamodb', 'aws-jwt-verify', 'temporal-utils']

/**
 * Lets unused modules of these packages fall away. Their modules only define things, but their package.json
 * does not say so (`"sideEffects": false`), as that of their siblings does.
 */
export function shakePackages(): Plugin {
  return {
    name: 'shake-packages',
    setup(build) {
      const filter = new RegExp(`^(${packages.join('|')})(/|$)`)
      build.onResolve({ filter }, async ({ path, pluginData, resolveDir, importer, kind }) => {
        if (pluginData === 'resolving') return undefined
        const found = await build.resolve(path, { resolveDir, importer, kind, pluginData: 'resolving' })
        return { ...found, sideEffects: false }
      })
      // Inside such a package, modules import one another by relative paths.
      const inside = new RegExp(`node_modules[\\\\/](${packages.join('|')})[\\\\/]`)
      build.onResolve({ filter: /^\./ }, async ({ path, pluginData, resolveDir, importer, kind }) => {
        if (pluginData === 'resolving' || !inside.test(importer)) return undefined
        const found = await build.resolve(path, { resolveDir, importer, kind, pluginData: 'resolving' })
        return { ...found, sideEffects: false }
      })
    },
  }
}
