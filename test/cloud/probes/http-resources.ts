import { account, region } from '../settings.ts'
import { attribute, ref } from './resources.ts'
import type { Resources } from './stack.ts'

interface Settings {
  /** Further properties of the API and of its one stage, `$default`. */
  readonly api?: Readonly<Record<string, unknown>>
  readonly stage?: Readonly<Record<string, unknown>>
  /** Route keys, all of which invoke the function with the 1.0 event. */
  readonly routes: readonly string[]
}

/** An HTTP API of that logical name in front of one function of the same template. */
export function httpApi(name: string, fn: string, { api = {}, stage = {}, routes }: Settings): Resources {
  const ApiId = ref(name)
  const v2 = (kind: string, Properties: Readonly<Record<string, unknown>>) => ({
    Type: `AWS::ApiGatewayV2::${kind}`,
    Properties,
  })
  const Target = { 'Fn::Join': ['/', ['integrations', ref(`${name}Integration`)]] }
  const SourceArn = { 'Fn::Sub': `arn:aws:execute-api:${region}:${account}:\${${name}}/*` }
  return {
    [name]: v2('Api', { Name: `probe-${name}`, ProtocolType: 'HTTP', ...api }),
    [`${name}Stage`]: v2('Stage', { ApiId, StageName: '$default', AutoDeploy: true, ...stage }),
    [`${name}Integration`]: v2('Integration', {
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: attribute(fn, 'Arn'),
      PayloadFormatVersion: '1.0',
    }),
    ...Object.fromEntries(
      routes.map((RouteKey, n) => [`${name}Route${n}`, v2('Route', { ApiId, RouteKey, Target })]),
    ),
    [`${name}Permission`]: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: ref(fn),
        Principal: 'apigateway.amazonaws.com',
        SourceArn,
      },
    },
  }
}
