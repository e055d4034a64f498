import type { QueueName, Uses } from '../../shared/api/declaration.ts'
import { environmentNames } from '../../shared/api/environment.ts'
import type { Stage } from '../stages.ts'
import { factReference } from './deploymentFacts.ts'
import type { FileStore } from './fileStore.ts'
import type { Gateway } from './gateway.ts'
import { grantVerify, type Identity } from './identity.ts'
import type { LambdaFunction } from './lambdaFunction.ts'
import type { LiveGateway } from './liveGateway.ts'
import type { MailSender } from './mailSender.ts'
import type { WorkQueue } from './queue.ts'
import type { WorkTable } from './table.ts'

/** What functions can be given access to. */
export interface Capabilities {
  readonly table: WorkTable
  readonly identity: Identity
  readonly sender: MailSender
  readonly files: FileStore
  readonly queues: Readonly<Record<QueueName, WorkQueue>>
  /** Absent where the deployment has no live connections: nobody is told of any, and nothing is sent. */
  readonly live?: LiveGateway
}

/** Gives the function what it declares to use, permission and variables together, and nothing else. */
export function grantUses(fn: LambdaFunction, uses: Uses, capabilities: Capabilities): void {
  if (uses.table) capabilities.table.grantUses(fn, uses.table)
  for (const queue of uses.queues ?? []) capabilities.queues[queue].grantSend(fn)
  if (uses.identity) capabilities.identity.grantUses(fn, uses.identity)
  if (uses.mail) capabilities.sender.grantSend(fn)
  if (uses.live) capabilities.live?.grantUses(fn, uses.live)
  if (uses.files) capabilities.files.grantUses(fn, uses.files)
}

/** Tells a function the deployment's key, by which it opens what is sealed. */
export function tellKey(fn: LambdaFunction, stage: Stage): void {
  fn.tell({ [environmentNames.cursorKey]: factReference(stage, 'cursorKey') })
}

/** Tells a function where people reach the product; links in mails begin with it. */
export function tellPublicUrl(fn: LambdaFunction, gateway: Gateway): void {
  fn.tell({ [environmentNames.publicUrl]: gateway.url })
}

interface KernelParts {
  readonly gateway: Gateway
  readonly identity: Identity
  readonly stage: Stage
}

/** Tells a function behind the gateway what the HTTP kernel reads: origins, how to verify tokens and cursors. */
export function tellKernel(fn: LambdaFunction, { gateway, identity, stage }: KernelParts): void {
  tellPublicUrl(fn, gateway)
  grantVerify(fn, identity, factReference(stage, 'tokenKeys'))
  tellKey(fn, stage)
  fn.tell({ [environmentNames.allowedOrigins]: stage.allowedOrigins.join(',') })
}
