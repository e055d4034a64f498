import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startRuntimeProcess } from './runtimeProcess.ts'
import { deployedTarget, inboxOf } from './target.ts'

/** Before the first e2e test: finds the deployment that `BASE_URL` names, or starts a local runtime for all of them. */
export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const deployed = deployedTarget(process.env)
  if (deployed !== undefined) {
    provide('target', deployed)
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'duely-e2e-'))
  const { baseUrl, logFile, stop } = await startRuntimeProcess(join(folder, 'data'))
  // The runtime lets pages of its own address in under its other name, too.
  const allowedOrigin = baseUrl.replace('127.0.0.1', 'localhost')
  provide('target', { baseUrl, mailboxUrl: inboxOf(baseUrl), allowedOrigin, logFile })
  return async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
