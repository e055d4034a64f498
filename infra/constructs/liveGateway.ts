import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  LogGroupLogDestination,
  WebSocketApi,
  WebSocketRoute,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { LiveUse, SocketDeclaration } from '../../shared/api/declaration.ts'
import { environmentNames } from '../../shared/api/environment.ts'
import { acknowledge } from '../acknowledge.ts'
import type { AwsStage } from '../stages.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

const stageName = 'live'
const allConnections = ['POST', 'DELETE'].map((method) => `/${stageName}/${method}/@connections/*`)

/** API Gateway's WebSocket API: where clients hold live connections, and functions send over them. */
export class LiveGateway extends Construct {
  readonly #api: WebSocketApi

  constructor(scope: Construct, id: string, stage: AwsStage) {
    super(scope, id)
    this.#api = new WebSocketApi(this, 'Api', { apiName: `duely-${stage.name}-live` })
  }

  /** Tells where live connections are, or lets the function send over them and close them. */
  grantUses(fn: LambdaFunction, uses: readonly LiveUse[]): void {
    if (uses.includes('Address'))
      fn.tell({ [environmentNames.liveUrl]: `${this.#api.apiEndpoint}/${stageName}` })
    if (!uses.includes('Send')) return
    const host = `${this.#api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`
    const api = `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.#api.apiId}`
    fn.allow(
      ['execute-api:ManageConnections'],
      allConnections.map((path) => api + path),
    )
    this.#acknowledgeAll(fn)
    fn.tell({ [environmentNames.liveEndpoint]: `https://${host}/${stageName}` })
  }

  /** The findings name the export by which the function's stack learns the id. */
  #acknowledgeAll(fn: LambdaFunction) {
    const stack = Stack.of(this)
    const exported = stack.resolve(stack.exportValue(this.#api.apiId)) as { 'Fn::ImportValue': string }
    const api = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:${exported['Fn::ImportValue']}`
    for (const path of allConnections) {
      const reason = 'Connections are named when they are opened; it sends to them and closes them, no more'
      acknowledge(fn, `AwsSolutions-IAM5[Resource::${api}${path}]`, reason)
    }
  }

  addRoute({ routeKey }: SocketDeclaration, fn: LambdaFunction): void {
    const route = new WebSocketRoute(fn, 'Route', {
      webSocketApi: this.#api,
      routeKey,
      integration: new WebSocketLambdaIntegration('Integration', fn.lambda),
      // What a function answers to a message goes back over the connection.
      returnResponse: routeKey === '$default',
    })
    acknowledge(
      route,
      'AwsSolutions-APIG4',
      'The function behind $connect takes a ticket that is good once, made for a live session; nothing else connects',
    )
    acknowledge(
      fn.lambda,
      'Serverless-LambdaDLQ',
      'Invoked synchronously: a failure refuses the handshake or the message',
    )
  }

  /** Lets connections in; behind the routes. */
  open(scope: Construct, { throttle, name, logRetention }: AwsStage): void {
    const destination = new LogGroup(scope, 'AccessLogs', {
      // API Gateway may write to groups with this prefix without one more resource policy per API.
      logGroupName: `/aws/vendedlogs/duely-${name}-live`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    new WebSocketStage(scope, 'Stage', {
      webSocketApi: this.#api,
      stageName,
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(destination),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    })
  }
}

/** Nothing personal, and no protocol header, in which tickets travel. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  event: '$context.eventType',
  connection: '$context.connectionId',
  status: '$context.status',
  error: '$context.integrationErrorMessage',
}
