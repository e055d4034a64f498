import { fileURLToPath } from 'node:url'
import type { BuildOptions } from 'esbuild'
import { compactAuthSchemes } from './plugins/compactAuthSchemes.ts'
import { compactErrors } from './plugins/compactErrors.ts'
import { compactPartitions } from './plugins/compactPartitions.ts'
import { compiledMessages } from './plugins/compiledMessages.ts'
import { jsonProtocol } from './plugins/jsonProtocol.ts'
import { lazyBuiltins } from './plugins/lazyBuiltins.ts'
import { manifestVersions } from './plugins/manifestVersions.ts'
import { precomputedOpenApi } from './plugins/precomputedOpenApi.ts'
import { pureDeclarations } from './plugins/pureDeclarations.ts'
import { sdkPatches } from './plugins/sdkPatches.ts'
import { sdkReplacements } from './plugins/sdkReplacements.ts'
import { shakePackages } from './plugins/shakePackages.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What every bundle shares. Paths are taken from the repository's root, so that no machine's path gets in. */
export const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  charset: 'ascii',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  conditions: ['module', 'import'],
  sourcemap: false,
  logLevel: 'warning',
  metafile: true,
} satisfies BuildOptions

/** The code of a function: a CommonJS script, to be wrapped by `shrink`. */
export const functionOptions = {
  ...common,
  // Names and white space are left to `shrink`, which does better with the whole.
  minify: false,
  minifySyntax: true,
  format: 'cjs',
  legalComments: 'external',
  plugins: [
    lazyBuiltins(),
    jsonProtocol(),
    sdkReplacements(),
    sdkPatches(),
    manifestVersions(),
    precomputedOpenApi(),
    compiledMessages(),
    compactAuthSchemes(),
    compactErrors(),
    compactPartitions(),
    shakePackages(),
    pureDeclarations(),
  ],
} satisfies BuildOptions
