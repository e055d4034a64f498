import { RemovalPolicy } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { DeployedRoute } from '../declared.ts'
import type { AwsStage, GatewayThrottle } from '../stages.ts'
import { accessReason, asksIdentityOpenly, type Gateway } from './gateway.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

/** API Gateway's HTTP API. CORS is not set here: functions answer it, the same in every place they run. */
export class HttpGateway extends Construct implements Gateway {
  readonly api: apigateway.HttpApi
  readonly url: string
  readonly #domainName: apigateway.DomainName | undefined
  /** Keys of the routes that are bounded more tightly than the rest. */
  readonly #tight: string[] = []

  constructor(scope: Construct, id: string, stage: AwsStage) {
    super(scope, id)
    this.api = new apigateway.HttpApi(this, 'Api', {
      apiName: `duely-${stage.name}`,
      createDefaultStage: false,
    })
    this.#domainName = stage.domain && this.#domain(stage.domain)
    this.url = stage.domain ? `https://${stage.domain.name}` : this.api.apiEndpoint
  }

  addRoute(route: DeployedRoute, fn: LambdaFunction): void {
    const routeKey = apigateway.HttpRouteKey.with(route.path, apigateway.HttpMethod[route.method])
    this.#add(fn, routeKey, accessReason(route))
    if (asksIdentityOpenly(route)) this.#tight.push(routeKey.key)
  }

  addFallback(fn: LambdaFunction): void {
    this.#add(fn, apigateway.HttpRouteKey.DEFAULT, 'Answers 404, 405 and CORS preflights; touches no data')
  }

  #add(fn: LambdaFunction, routeKey: apigateway.HttpRouteKey, reason: string) {
    const integration = new HttpLambdaIntegration('Integration', fn.lambda, {
      payloadFormatVersion: apigateway.PayloadFormatVersion.VERSION_1_0,
    })
    const route = new apigateway.HttpRoute(fn, 'Route', { httpApi: this.api, routeKey, integration })
    acknowledge(route, 'AwsSolutions-APIG4', reason)
    acknowledge(
      fn.lambda,
      'Serverless-LambdaDLQ',
      'Invoked synchronously: a failure is the answer to its caller',
    )
  }

  /**
   * Lets requests in. API Gateway takes settings only of routes that exist, hence in a stack that is deployed after
   * all routes.
   */
  open(scope: Construct, { throttle, identityThrottle, name, logRetention }: AwsStage): void {
    const destination = new LogGroup(scope, 'AccessLogs', {
      // API Gateway may write to groups with this prefix without one more resource policy per API.
      logGroupName: `/aws/vendedlogs/duely-${name}-api`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const stage = new apigateway.HttpStage(scope, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      accessLogSettings: {
        destination: new apigateway.LogGroupLogDestination(destination),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
      ...(this.#domainName && { domainMapping: { domainName: this.#domainName } }),
    })
    const resource = stage.node.defaultChild as apigateway.CfnStage
    const settings = this.#tight.map((key) => [key, settingsOf(identityThrottle)])
    resource.routeSettings = Object.fromEntries(settings)
  }

  #domain({ name, certificateArn }: NonNullable<AwsStage['domain']>) {
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn)
    return new apigateway.DomainName(this, 'Domain', { domainName: name, certificate })
  }
}

/** As CloudFormation writes them. */
const settingsOf = ({ rate, burst }: GatewayThrottle) => ({
  ThrottlingRateLimit: rate,
  ThrottlingBurstLimit: burst,
})

/** Nothing personal: no address of the caller, no agent, and the route instead of the path. */
const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  error: '$context.integrationErrorMessage',
}
