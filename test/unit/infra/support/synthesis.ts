import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { buildSystem } from '../../../../infra/app.ts'
import type { Declared } from '../../../../infra/declared.ts'
import type { Stage } from '../../../../infra/stages.ts'
import { fallback, routes } from '../../../../shared/api/routes.ts'
import { sockets } from '../../../../shared/api/sockets.ts'
import { triggers } from '../../../../shared/api/triggers.ts'

/** What the repository declares. */
export const declared: Declared = { routes, fallback, triggers, sockets }

export interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
  readonly DeletionPolicy?: string
}

export interface Synthesis {
  readonly app: App
  /** Templates by stack name. */
  readonly templates: ReadonlyMap<string, Template>
  /** All resources of this type, of all stacks, by logical id. */
  resources(type: string): Map<string, Resource>
}

const nameOf = ({ name }: { name: string }) => name

/** A folder of bundles with nothing in them, so that synthesis takes no build. */
export function fakeBundles({ routes, fallback, triggers, sockets }: Declared): string {
  const folder = mkdtempSync(join(tmpdir(), 'duely-bundles-'))
  for (const name of [...routes, fallback, ...triggers, ...sockets].map(nameOf)) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'index.mjs'), 'export const handler = () => undefined\n')
  }
  return folder
}

/** Synthesises the real stacks of a stage; leaves no files behind. */
export function synthesise(stage: Stage, what: Declared = declared): Synthesis {
  const bundles = fakeBundles(what)
  const outdir = mkdtempSync(join(tmpdir(), 'duely-synth-'))
  try {
    const app = new App({ outdir, analyticsReporting: false })
    buildSystem(app, stage, what, bundles)
    const stacks = app.node.children.filter(Stack.isStack)
    const templates = new Map(stacks.map((stack) => [stack.stackName, Template.fromStack(stack)]))
    return { app, templates, resources: (type) => resourcesOf(templates, type) }
  } finally {
    for (const folder of [bundles, outdir]) rmSync(folder, { recursive: true })
  }
}

function resourcesOf(templates: Synthesis['templates'], type: string) {
  const found = [...templates.values()].flatMap((template) => Object.entries(template.findResources(type)))
  return new Map(found.map(([id, resource]) => [id, resource as Resource]))
}
