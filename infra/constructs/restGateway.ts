import { createHash } from 'node:crypto'
import { Stack } from 'aws-cdk-lib'
import {
  CfnDeployment,
  CfnGatewayResponse,
  CfnMethod,
  CfnResource,
  CfnRestApi,
  CfnStage,
} from 'aws-cdk-lib/aws-apigateway'
import { CfnPermission } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { problems } from '../../shared/api/problems.ts'
import type { DeployedRoute } from '../declared.ts'
import { type GatewayThrottle, type LocalStackStage, localStackUrl } from '../stages.ts'
import { asksIdentityOpenly, type Gateway } from './gateway.ts'
import type { LambdaFunction } from './lambdaFunction.ts'

/** LocalStack takes the id of an API from this tag, so that its address is known beforehand. */
const customIdTag = '_custom_id_'
const root = ''

/** A REST API for LocalStack, whose free image has no HTTP API; the proxy event is the same. */
export class RestGateway extends Construct implements Gateway {
  readonly url: string
  readonly #id: string
  readonly #api: CfnRestApi
  readonly #resources = new Map<string, string>()
  readonly #methods: CfnMethod[] = []
  readonly #deployment: CfnDeployment
  readonly #stage: CfnStage
  readonly #settings: CfnStage.MethodSettingProperty[]
  readonly #identityThrottle: GatewayThrottle

  constructor(scope: Construct, id: string, stage: LocalStackStage) {
    super(scope, id)
    this.#id = stage.api.id
    this.#api = new CfnRestApi(this, 'Api', { name: 'duely', tags: [{ key: customIdTag, value: this.#id }] })
    this.#resources.set(root, this.#api.attrRootResourceId)
    this.#deployment = new CfnDeployment(this, 'Deployment', { restApiId: this.#api.ref })
    this.#stage = new CfnStage(this, 'Stage', {
      restApiId: this.#api.ref,
      stageName: stage.api.stage,
      deploymentId: this.#deployment.ref,
    })
    this.#identityThrottle = stage.identityThrottle
    this.#settings = [settingOf('*', '/*', stage.throttle)]
    this.#shapeThrottled()
    this.url = localStackUrl(stage)
  }

  addRoute(route: DeployedRoute, fn: LambdaFunction): void {
    permit(fn, this.#id)
    this.#method(route.path, route.method, fn)
    if (asksIdentityOpenly(route)) {
      this.#settings.push(settingOf(route.method, escaped(route.path), this.#identityThrottle))
    }
  }

  /**
   * Call it last: a REST API answers by itself where a path exists but the method does not, so the
   * fallback takes every other method of every path, besides the paths that are nowhere declared.
   */
  addFallback(fn: LambdaFunction): void {
    permit(fn, this.#id)
    this.#resource('/{proxy+}')
    for (const path of [...this.#resources.keys()]) this.#method(path, 'ANY', fn)
    this.#publish()
  }

  #method(path: string, httpMethod: string, fn: LambdaFunction) {
    const method = new CfnMethod(this, `${httpMethod} ${path}`, {
      restApiId: this.#api.ref,
      resourceId: this.#resource(path),
      httpMethod,
      authorizationType: 'NONE',
      integration: { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: invocationUri(fn) },
    })
    this.#methods.push(method)
  }

  /** Id of the resource at this path; makes it and those above it when they are missing. */
  #resource(path: string): string {
    const known = this.#resources.get(path)
    if (known) return known
    const slash = path.lastIndexOf('/')
    const made = new CfnResource(this, `Path ${path}`, {
      restApiId: this.#api.ref,
      parentId: this.#resource(path.slice(0, slash)),
      pathPart: path.slice(slash + 1),
    })
    this.#resources.set(path, made.ref)
    return made.ref
  }

  /** A deployment is a snapshot: it comes after all methods, and a changed list needs a new one. */
  #publish() {
    const list = createHash('sha256').update(this.#methods.map((method) => method.node.id).join('\n'))
    this.#deployment.overrideLogicalId(`Deployment${list.digest('hex').slice(0, 12)}`)
    for (const method of this.#methods) this.#deployment.addResourceDependency(method)
    this.#stage.methodSettings = this.#settings
  }

  /** What the gateway refuses by itself looks as what functions refuse. An HTTP API has nothing of the kind. */
  #shapeThrottled() {
    const { status, title } = problems['too-many-requests']
    const document = { type: 'urn:duely:problem:too-many-requests', title, status }
    const response = new CfnGatewayResponse(this, 'Throttled', {
      restApiId: this.#api.ref,
      responseType: 'THROTTLED',
      statusCode: String(status),
      responseParameters: {
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.Retry-After': "'1'",
      },
      responseTemplates: {
        'application/json': JSON.stringify({ ...document, requestId: '$context.requestId' }),
      },
    })
    this.#deployment.addResourceDependency(response)
  }
}

const settingOf = (httpMethod: string, resourcePath: string, { rate, burst }: GatewayThrottle) => ({
  httpMethod,
  resourcePath,
  throttlingRateLimit: rate,
  throttlingBurstLimit: burst,
})

/** Paths in settings of methods: every slash but the first as in a JSON Pointer. */
const escaped = (path: string): string => `/${path.replaceAll('/', '~1')}`

const invocationUri = (fn: LambdaFunction) =>
  Stack.of(fn).formatArn({
    service: 'apigateway',
    account: 'lambda',
    resource: 'path',
    resourceName: `2015-03-31/functions/${fn.lambda.functionArn}/invocations`,
  })

function permit(fn: LambdaFunction, apiId: string): void {
  new CfnPermission(fn, 'Invoke', {
    action: 'lambda:InvokeFunction',
    functionName: fn.lambda.functionArn,
    principal: 'apigateway.amazonaws.com',
    sourceArn: Stack.of(fn).formatArn({ service: 'execute-api', resource: apiId, resourceName: '*' }),
  })
}
