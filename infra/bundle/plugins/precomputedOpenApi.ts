import type { Plugin } from 'esbuild'
import { openApiFile } from '../filesBeside.ts'
import { readFromFile } from './readFromFile.ts'

const reading = `
import { codeFile } from './codeFiles.ts'
export const openApiDocument = (serverUrl) => ({
  ...JSON.parse(codeFile(${JSON.stringify(openApiFile)})),
  servers: [{ url: serverUrl }],
})
`

/** In place of making the OpenAPI document, reading it. */
export const precomputedOpenApi = (): Plugin =>
  readFromFile('precomputed-openapi', /shared[\\/]world[\\/]openApiDocument\.ts$/, reading)
