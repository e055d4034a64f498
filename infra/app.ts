/**
 * The system, as it is deployed with `npx cdk deploy --all -c stage=prod -c sender=duely@your.domain`:
 *
 *   people ──▶ gateway ──▶ routes, one function each ──▶ data: table, people, sender
 *     │           └──────▶ fallback, where none matches     │ stream
 *     └──────▶ files: bucket, origin of its own             │
 *   clock ─────────────▶ pipeline ◀─────────────────────────┘
 *                        stream ──▶ queue ──▶ mail
 *   alarms ◀── watch ◀── gateway, pipeline
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { App, type Stack } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { fallback, routes } from '../shared/api/routes.ts'
import { sockets } from '../shared/api/sockets.ts'
import { triggers } from '../shared/api/triggers.ts'
import { HttpGateway } from './constructs/httpGateway.ts'
import type { FunctionSettings } from './constructs/lambdaFunction.ts'
import type { Declared } from './declared.ts'
import { DataStack } from './stacks/dataStack.ts'
import { EntranceStack } from './stacks/entranceStack.ts'
import { FilesStack } from './stacks/filesStack.ts'
import { GatewayStack } from './stacks/gatewayStack.ts'
import { PipelineStack } from './stacks/pipelineStack.ts'
import { FallbackStack, RoutesStack } from './stacks/routesStack.ts'
import { SocketsStack } from './stacks/socketsStack.ts'
import { WatchStack } from './stacks/watchStack.ts'
import { chooseStage, type Stage } from './stages.ts'

/**
 * Builds all stacks of a stage. `bundles` is the folder with one folder per function, made by `npm run build`.
 */
export function buildSystem(scope: Construct, stage: Stage, declared: Declared, bundles: string): void {
  const settings: FunctionSettings = {
    bundles,
    logRetention: stage.logRetention,
    environment: endpoints(stage),
  }
  const named = (part: string) => [scope, `duely-${stage.name}-${part}`] as const

  const data = new DataStack(...named('data'), { stage, settings })
  const { table, identity, sender } = data
  const { gateway, live } = new GatewayStack(...named('gateway'), { stage })
  const { store: files } = new FilesStack(...named('files'), { stage, gateway, settings })
  const kept = { table, identity, sender, files, ...(live && { live }) }
  const pipeline = new PipelineStack(...named('pipeline'), {
    ...declared,
    stage,
    settings,
    gateway,
    data: kept,
  })
  const capabilities = { ...kept, queues: pipeline.queues }
  const groups = Map.groupBy(declared.routes, ({ tag }) => tag)
  const doors: Stack[] = [
    ...Array.from(groups, ([tag, routes]) => {
      return new RoutesStack(...named(tag), { stage, routes, settings, gateway, capabilities })
    }),
    new FallbackStack(...named('fallback'), {
      stage,
      settings,
      gateway,
      identity,
      fallback: declared.fallback,
    }),
  ]
  if (stage.profile === 'aws' && live) {
    const { sockets } = declared
    doors.push(
      new SocketsStack(...named('sockets'), { stage, sockets, settings, gateway, live, capabilities }),
    )
  }
  for (const stack of doors)
    stack.addStackDependency(data, 'it makes the facts that these functions are told')
  if (stage.profile === 'aws' && gateway instanceof HttpGateway) {
    const entrance = new EntranceStack(...named('entrance'), { stage, gateway })
    for (const stack of doors) entrance.addStackDependency(stack, 'its limits name their routes')
    new WatchStack(...named('watch'), { stage, gateway, pipeline })
  }
}

/** Emulators are reached through the endpoint variables of the AWS SDKs; AWS needs none. */
function endpoints(stage: Stage): Record<string, string> {
  if (stage.profile === 'aws') return {}
  return {
    AWS_ENDPOINT_URL: stage.awsEndpoint,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: stage.identityEndpoint,
  }
}

/** Where the functions lie; `-c bundles=<folder>` names another place than the one `npm run build` writes to. */
function findBundles(app: App): string {
  const bundles = String(
    app.node.tryGetContext('bundles') ?? join(import.meta.dirname, '../.build/functions'),
  )
  if (!existsSync(bundles))
    throw new Error(`There are no functions in ${bundles}: run \`npm run build\` first`)
  return bundles
}

if (import.meta.main) {
  const app = new App()
  buildSystem(app, chooseStage(app), { routes, fallback, triggers, sockets }, findBundles(app))
  app.synth()
}
