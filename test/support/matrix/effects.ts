import type { App } from '../app.ts'
import { writesOn } from '../hostile/effects.ts'

/** Counts what a request may bring about: writes, messages in both queues, and what happens to files. */
export const effectsOn = (app: App): (() => readonly number[]) => {
  const writes = writesOn(app.engine.client)
  let files = 0
  const { objects, offers } = app.files
  const counted = <Given extends unknown[], Result>(run: (...given: Given) => Promise<Result>) => {
    return (...given: Given): Promise<Result> => {
      files++
      return run(...given)
    }
  }
  Object.assign(objects, { accept: counted(objects.accept), remove: counted(objects.remove) })
  Object.assign(offers, { upload: counted(offers.upload), download: counted(offers.download) })
  return () => [writes(), app.notices.length, app.work.length, files]
}
