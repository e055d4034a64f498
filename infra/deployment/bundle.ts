import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** Name of the function behind the deployment's custom resources. */
export const deploymentFunction = 'deploymentFacts'

/** Bundles that function into a new temporary folder; returns the folder, to be taken as `bundles`. */
export function bundleDeploymentFunction(): string {
  const folder = mkdtempSync(join(tmpdir(), 'duely-deployment-'))
  buildSync({
    entryPoints: [join(import.meta.dirname, 'handler.ts')],
    outfile: join(folder, deploymentFunction, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
  })
  return folder
}
