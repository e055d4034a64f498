import { setTimeout as sleep } from 'node:timers/promises'
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi'
import { environmentNames } from '../api/environment.ts'
import type { Sockets } from '../domain/live/connection.ts'
import { livePush } from '../domain/live/push.ts'
import type { Follower } from '../domain/pipeline/followed.ts'
import { eventLog } from '../events/log.ts'
import { errorLine } from '../http/log.ts'
import { required } from './environment.ts'
import { live } from './live.ts'

const unlessGone = async (call: Promise<unknown>): Promise<boolean> => {
  try {
    await call
    return true
  } catch (error) {
    if (error instanceof GoneException) return false
    throw error
  }
}

/** Milliseconds. The gateway takes a frame, or says that the connection is gone, within some tens. */
const patience = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true }

/** Sends through API Gateway. Where there are no live connections there is no endpoint, and nothing to send. */
const gatewaySockets = (): Sockets => {
  let made: ApiGatewayManagementApiClient | undefined
  const client = () => {
    made ??= new ApiGatewayManagementApiClient({
      endpoint: required(environmentNames.liveEndpoint),
      maxAttempts: 2,
      // One that hangs would keep all others waiting.
      requestHandler: patience,
    })
    return made
  }
  return {
    send: (ConnectionId, Data) =>
      unlessGone(client().send(new PostToConnectionCommand({ ConnectionId, Data }))),
    close: async (ConnectionId) => {
      await unlessGone(client().send(new DeleteConnectionCommand({ ConnectionId })))
    },
  }
}

/** Tells open clients what has happened. */
export const pushToClients = (): Follower =>
  livePush({
    ...live,
    sockets: gatewaySockets(),
    sleep: (milliseconds) => sleep(milliseconds),
    failed: (error) => eventLog({ event: 'live.frame-failed', error: errorLine(error) }),
  })
