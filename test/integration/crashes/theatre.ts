import { afterAll, beforeAll } from 'vitest'
import { startApp } from '../../support/app.ts'
import type { EngineStorage } from './aws/engineStorage.ts'
import { loadFunctions, presentTable, unloadFunctions } from './aws/functions.ts'
import type { Theatre } from './stage.ts'

/** Requests and functions for the tests of a file; the functions play on an engine, if there is one. */
export const theatreOfFile = (open?: () => Promise<EngineStorage>) => {
  let theatre: Theatre | undefined
  beforeAll(async () => {
    const app = await startApp(() => presentTable)
    const engine = await open?.()
    theatre = { app, handlers: await loadFunctions(), ...(engine && { engine }) }
  })
  afterAll(async () => {
    unloadFunctions()
    await theatre?.engine?.close()
    await theatre?.app.close()
  })
  return (): Theatre => {
    if (theatre === undefined) throw new Error('the theatre is not open yet')
    return theatre
  }
}
