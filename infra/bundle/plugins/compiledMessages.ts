import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'
import { catalogueFile } from '../filesBeside.ts'

const reading = `
import { codeFile } from '../world/codeFiles.ts'
const read = {}
export const catalogueOf = (language) =>
  (read[language] ??= JSON.parse(codeFile(${JSON.stringify(catalogueFile('*'))}.replace('*', language))))
`

/** In place of compiling what mails say, reading it from the files that `filesBeside.ts` puts beside the bundle. */
export function compiledMessages(): Plugin {
  return {
    name: 'compiled-messages',
    setup(build) {
      build.onLoad({ filter: /shared[\\/]mail[\\/]catalogues\.ts$/ }, ({ path }) => ({
        contents: reading,
        loader: 'js',
        resolveDir: dirname(path),
      }))
    },
  }
}
