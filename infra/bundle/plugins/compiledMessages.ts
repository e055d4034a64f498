import type { Plugin } from 'esbuild'
import { catalogueFile } from '../filesBeside.ts'
import { readFromFile } from './readFromFile.ts'

const reading = `
import { codeFile } from '../world/codeFiles.ts'
const read = {}
export const catalogueOf = (language) =>
  (read[language] ??= JSON.parse(codeFile(${JSON.stringify(catalogueFile('*'))}.replace('*', language))))
`

/** In place of compiling what mails say, reading it. */
export const compiledMessages = (): Plugin =>
  readFromFile('compiled-messages', /shared[\\/]mail[\\/]catalogues\.ts$/, reading)
