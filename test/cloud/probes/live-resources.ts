import { account, region } from '../settings.ts'
import { attribute, ref } from './resources.ts'
import type { Resources } from './stack.ts'

const v2 = (kind: string, Properties: Readonly<Record<string, unknown>>) => ({
  Type: `AWS::ApiGatewayV2::${kind}`,
  Properties,
})

/**
 * A WebSocket API `Api` with the stage `live`, whose routes all invoke the function `Fn` of the same template. The first
 * one of them sends back what the function answers.
 */
export const webSocketApi = (routes: readonly string[]): Resources => {
  const ApiId = ref('Api')
  const Target = { 'Fn::Join': ['/', ['integrations', ref('Integration')]] }
  return {
    Api: v2('Api', {
      Name: 'probe-live',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }),
    Stage: v2('Stage', { ApiId, StageName: 'live', AutoDeploy: true }),
    Integration: v2('Integration', {
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: {
        'Fn::Sub': `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/\${Fn.Arn}/invocations`,
      },
    }),
    ...Object.fromEntries(
      routes.map((RouteKey, n) => [
        `Route${n}`,
        v2('Route', {
          ApiId,
          RouteKey,
          Target,
          ...(n === 0 && { RouteResponseSelectionExpression: '$default' }),
        }),
      ]),
    ),
    Answer: v2('RouteResponse', { ApiId, RouteId: ref('Route0'), RouteResponseKey: '$default' }),
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: attribute('Fn', 'Arn'),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: { 'Fn::Sub': `arn:aws:execute-api:${region}:${account}:\${Api}/*` },
      },
    },
  }
}
