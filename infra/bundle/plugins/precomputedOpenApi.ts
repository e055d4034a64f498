import { dirname } from 'node:path'
import type { Plugin } from 'esbuild'
import { openApiFile } from '../filesBeside.ts'

const reading = `
import { codeFile } from './codeFiles.ts'
export const openApiDocument = (serverUrl) => ({
  ...JSON.parse(codeFile(${JSON.stringify(openApiFile)})),
  servers: [{ url: serverUrl }],
})
`

/** In place of making the OpenAPI document, reading it from the file that `filesBeside.ts` puts beside the bundle. */
export function precomputedOpenApi(): Plugin {
  return {
    name: 'precomputed-openapi',
    setup(build) {
      build.onLoad({ filter: /shared[\\/]world[\\/]openApiDocument\.ts$/ }, ({ path }) => ({
        contents: reading,
        loader: 'js',
        resolveDir: dirname(path),
      }))
    },
  }
}
