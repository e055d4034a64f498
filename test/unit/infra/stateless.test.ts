import { Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, test } from 'vitest'
import { stages } from '../../../infra/stages.ts'
import { limitsOf } from '../../../shared/api/throttles.ts'
import {
  consumeTableStream,
  deliverWebhook,
  followLog,
  runJob,
  sendNotification,
  sweepReminders,
} from '../../../shared/api/triggers.ts'
import { declared, synthesise } from './support/synthesis.ts'
import { manyRoutes } from './support/synthetic.ts'

const { app, resources, templates } = synthesise({ ...stages.prod, alarmMail: 'ops@example.com' })
const properties = (type: string) => [...resources(type).values()].map(({ Properties }) => Properties)
const resourcesOf = (stack: Stack) =>
  Template.fromStack(stack).toJSON().Resources as Record<string, { Type: string }>
const names = [...declared.routes, declared.fallback, ...declared.triggers, ...declared.sockets].map(
  ({ name }) => name,
)

describe('functions', () => {
  const functions = properties('AWS::Lambda::Function')

  test('are exactly the declared ones and the one that makes the facts of the deployment', () => {
    const ids = [...resources('AWS::Lambda::Function').keys()].map((id) =>
      id.replace(/Function[0-9A-F]{8}$/, ''),
    )
    expect(ids.sort()).toEqual([...names, 'FactsdeploymentFacts'].sort())
  })

  test('run on Node 24 and arm64, with a timeout and half a gigabyte, or what is declared', () => {
    const sizes = new Map(declared.triggers.map(({ summary, memoryMb = 512 }) => [summary, memoryMb]))
    for (const fn of functions) {
      const MemorySize = sizes.get(String(fn.Description)) ?? 512
      expect(fn).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], MemorySize })
      expect(fn.Timeout).toBeGreaterThan(0)
    }
  })

  test('reserve no concurrency: a new account has ten in all', () => {
    for (const fn of functions) expect(fn).not.toHaveProperty('ReservedConcurrentExecutions')
  })

  test('write to log groups of their own that forget', () => {
    const groups = functions.map((fn) => JSON.stringify(fn.LoggingConfig))
    expect(new Set(groups).size).toBe(functions.length)
    for (const group of properties('AWS::Logs::LogGroup')) expect(group.RetentionInDays).toBe(90)
  })
})

describe('HTTP API', () => {
  /** The other API is that of live connections. */
  const ofHttp = (kind: string) =>
    properties(`AWS::ApiGatewayV2::${kind}`).filter(({ ApiId }) => JSON.stringify(ApiId).includes('Http'))

  test('has the declared routes and one for the rest', () => {
    const keys = ofHttp('Route').map(({ RouteKey }) => RouteKey)
    expect(keys.sort()).toEqual([...declared.routes.map((r) => `${r.method} ${r.path}`), '$default'].sort())
  })

  test('sends proxy events of payload format 1.0, as every other place does', () => {
    for (const { PayloadFormatVersion } of ofHttp('Integration')) {
      expect(PayloadFormatVersion).toBe('1.0')
    }
  })

  const [stage] = ofHttp('Stage')

  test('is throttled as the stage says', () => {
    expect(stage?.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 })
  })

  test('is throttled more tightly where Cognito is asked for callers without a session', () => {
    const settings = stage?.RouteSettings as Record<string, unknown>
    const keys = [
      'sign-up',
      'confirm',
      'resend-code',
      'sign-in',
      'refresh',
      'forgot-password',
      'reset-password',
    ]
    expect(Object.keys(settings)).toEqual(expect.arrayContaining(keys.map((key) => `POST /v1/auth/${key}`)))
    expect(Object.keys(settings).filter((key) => !key.startsWith('POST /v1/auth/'))).toEqual([])
    for (const one of Object.values(settings)) {
      expect(one).toEqual({ ThrottlingRateLimit: 40, ThrottlingBurstLimit: 80 })
    }
  })

  test('is opened after all routes: API Gateway refuses settings of one that is not there yet', () => {
    const entrance = app.node.findChild('duely-prod-entrance') as Stack
    expect(Object.values(resourcesOf(entrance)).map(({ Type }) => Type)).toContain('AWS::ApiGatewayV2::Stage')
    const behind = app.node.children.filter(Stack.isStack).filter((stack) => {
      return Object.values(resourcesOf(stack)).some(({ Type }) => Type === 'AWS::ApiGatewayV2::Route')
    })
    expect(behind.length).toBeGreaterThan(10)
    expect(entrance.dependencies).toEqual(expect.arrayContaining(behind))
  })

  test('tells the functions that count attempts how many share an address', () => {
    const limited = declared.routes.filter((route) => limitsOf(route)).map(({ name }) => name)
    const told = [...resources('AWS::Lambda::Function')].filter(([, { Properties }]) =>
      JSON.stringify(Properties.Environment ?? {}).includes('ADDRESS_LIMIT_FACTOR'),
    )
    expect(told.map(([id]) => id.replace(/Function[0-9A-F]{8}$/, '')).sort()).toEqual(limited.sort())
    for (const [, { Properties }] of told) {
      expect(Properties).toHaveProperty('Environment.Variables.ADDRESS_LIMIT_FACTOR', '1')
    }
  })

  test('logs each request without anything personal', () => {
    const { Format } = Object(stage?.AccessLogSettings) as { Format: string }
    expect(JSON.parse(Format)).toMatchObject({ requestId: '$context.requestId', status: '$context.status' })
    expect(Format).not.toMatch(/sourceIp|userAgent|authorizer|identity|\$context\.path/)
  })

  test('leaves CORS to the functions', () => {
    for (const api of properties('AWS::ApiGatewayV2::Api'))
      expect(api).not.toHaveProperty('CorsConfiguration')
  })

  test('can have a domain of its own, which links in mails then use', () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:111111111111:certificate/0'
    const own = synthesise({ ...stages.prod, domain: { name: 'duely.example.org', certificateArn } })
    expect(own.resources('AWS::ApiGatewayV2::ApiMapping').size).toBe(1)
    for (const [id, { Properties }] of own.resources('AWS::Lambda::Function')) {
      if (id.startsWith('Facts')) continue
      expect(Properties).toHaveProperty('Environment.Variables.PUBLIC_URL', 'https://duely.example.org')
    }
  })
})

describe('pipeline', () => {
  test('lets those functions send themselves messages that take them from where they put them', () => {
    const free = [...resources('AWS::Lambda::Function')].filter(
      ([, { Properties }]) => Properties.RecursiveLoop !== undefined,
    )
    expect(
      free.map(([id, { Properties }]) => [id.replace(/Function.*/, ''), Properties.RecursiveLoop]),
    ).toEqual([
      [runJob.name, 'Allow'],
      [deliverWebhook.name, 'Allow'],
    ])
  })

  const mappingOf = (name: string) =>
    [...resources('AWS::Lambda::EventSourceMapping')].find(([id]) => id.startsWith(name))?.[1].Properties

  test('the stream consumer bisects, gives up, and parks what it gave up on', () => {
    expect(mappingOf(consumeTableStream.name)).toMatchObject({
      BatchSize: consumeTableStream.batchSize,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: consumeTableStream.retryAttempts,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: {
        OnFailure: { Destination: { 'Fn::GetAtt': [expect.stringMatching(/^Parked/), 'Arn'] } },
      },
    })
  })

  test('the second reader of the stream is called for the keys it asks for alone, and parks what it gives up', () => {
    const mapping = mappingOf(followLog.name)
    const prefixes = followLog.sortKeys?.map((prefix) => ({ prefix }))
    const Pattern = JSON.stringify({ dynamodb: { Keys: { SK: { S: prefixes } } } })
    expect(mapping).toMatchObject({
      FilterCriteria: { Filters: [{ Pattern }] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: followLog.retryAttempts,
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    })
  })

  test('the stream has no more readers than DynamoDB lets', () => {
    const readers = properties('AWS::Lambda::EventSourceMapping').filter(({ EventSourceArn }) =>
      JSON.stringify(EventSourceArn).includes('Stream'),
    )
    expect(readers.length).toBeLessThanOrEqual(2)
    expect(readers.length).toBeGreaterThan(0)
  })

  test('the queue consumer reports failures message by message', () => {
    expect(mappingOf(sendNotification.name)).toMatchObject({
      BatchSize: sendNotification.batchSize,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
  })

  test('every queue either has dead letters or is where they go', () => {
    const queues = [...resources('AWS::SQS::Queue')]
    const redrives = queues.flatMap(([, { Properties }]) => (Properties.RedrivePolicy ? [Properties] : []))
    const destinations = JSON.stringify([
      ...redrives.map(({ RedrivePolicy }) => RedrivePolicy),
      ...properties('AWS::Lambda::EventSourceMapping').map((mapping) => mapping.DestinationConfig),
      ...properties('AWS::Lambda::Function').map((fn) => fn.DeadLetterConfig),
    ])
    const others = queues.filter(([, { Properties }]) => !Properties.RedrivePolicy)
    for (const [id] of others) expect(destinations).toContain(id)
    expect(redrives).toMatchObject([
      { VisibilityTimeout: 180, RedrivePolicy: { maxReceiveCount: 5 } },
      { VisibilityTimeout: 360, RedrivePolicy: { maxReceiveCount: 5 } },
      { VisibilityTimeout: 120, RedrivePolicy: { maxReceiveCount: 5 } },
      { VisibilityTimeout: 180, RedrivePolicy: { maxReceiveCount: 5 } },
    ])
  })

  test('dead letters are kept for as long as SQS can', () => {
    for (const queue of properties('AWS::SQS::Queue')) {
      if (!queue.RedrivePolicy) expect(queue.MessageRetentionPeriod).toBe(14 * 86_400)
    }
  })

  test('the clock runs each minute and loses neither runs that fail nor runs that never began', () => {
    const rules = properties('AWS::Events::Rule')
    const clocks = rules.filter(({ ScheduleExpression }) => ScheduleExpression !== undefined)
    const schedules = declared.triggers.filter((trigger) => trigger.kind === 'schedule')
    expect(clocks).toHaveLength(schedules.length)
    for (const { description, targets } of clocks.map((rule) => ({
      description: rule.Description,
      targets: rule.Targets as { Input: string }[],
    }))) {
      const { parts = 1 } = schedules.find(({ summary }) => summary === description) ?? {}
      expect(targets.map(({ Input }) => JSON.parse(Input))).toEqual(
        Array.from({ length: parts }, (_, part) => ({ part, parts })),
      )
      for (const target of targets)
        expect(target).toMatchObject({
          DeadLetterConfig: { Arn: expect.anything() },
          RetryPolicy: { MaximumRetryAttempts: 2 },
        })
    }
    const sweep = [...resources('AWS::Lambda::Function')].find(([id]) => id.startsWith(sweepReminders.name))
    expect(sweep?.[1].Properties).toHaveProperty('DeadLetterConfig.TargetArn')
  })

  test('what SES says of our mails, and of no others, reaches its queue', () => {
    const rule = properties('AWS::Events::Rule').find(({ EventPattern }) => EventPattern !== undefined)
    expect(rule?.EventPattern).toEqual({
      source: ['aws.ses'],
      detail: { mail: { tags: { 'ses:configuration-set': ['duely-prod'] } } },
    })
    expect(JSON.stringify(rule?.Targets)).toContain('mailEventsQueue')
    const [destination] = properties('AWS::SES::ConfigurationSetEventDestination')
    expect(destination).toMatchObject({
      EventDestination: { MatchingEventTypes: ['bounce', 'complaint', 'reject', 'deliveryDelay'] },
    })
    expect(JSON.stringify(destination)).toContain(':event-bus/default')
  })

  test('refuses a queue whose messages reappear while a batch is still tried', () => {
    const hasty = { ...sendNotification, visibilityTimeoutSeconds: 179 }
    const triggers = [consumeTableStream, hasty, runJob, sweepReminders]
    expect(() => synthesise(stages.prod, { ...declared, triggers })).toThrow('at least 180')
  })
})

describe('alarms', () => {
  const alarms = properties('AWS::CloudWatch::Alarm')

  test('watch every dead-letter queue, the ages, errors, throttles and the API', () => {
    const metrics = alarms.map(({ MetricName }) => String(MetricName))
    const deadLetterQueues = properties('AWS::SQS::Queue').filter((queue) => !queue.RedrivePolicy).length
    const count = (metric: string) => metrics.filter((name) => name === metric).length
    expect(count('ApproximateNumberOfMessagesVisible')).toBe(deadLetterQueues)
    const queues = declared.triggers.filter(
      (trigger) => trigger.kind === 'queue' && trigger.feeds !== undefined,
    ).length
    expect(count('ApproximateAgeOfOldestMessage')).toBe(queues)
    for (const metric of ['StatisticsDrift', '5xx', 'Throttles', 'Errors', 'IteratorAge'])
      expect(count(metric)).toBe(1)
  })

  test('name the impact, say what to do, and mail', () => {
    for (const alarm of alarms) {
      expect(alarm.AlarmName).toMatch(/^duely-prod: .* .*$/)
      expect(String(alarm.AlarmDescription).length).toBeGreaterThan(30)
      expect(alarm.AlarmActions).toHaveLength(1)
    }
  })

  test('cost at most thirty cents a month beyond the ten that an account has for nothing', () => {
    expect(alarms.length).toBeLessThanOrEqual(13)
  })
})

describe('templates', () => {
  const secrets: Record<string, RegExp> = {
    'AWS access key': /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
    'private key': /-----BEGIN [A-Z ]*PRIVATE KEY/,
    'JSON web token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}/,
    'public key set': /"kty"/,
    // As a value: ids of resources may happen to be as long.
    'thirty-two bytes of hex or base64': /"[A-Za-z0-9+/_-]{43}=?"(?!:)|"[0-9a-f]{64}"/,
  }

  test.each(Object.entries(secrets))('contain no %s', (_, pattern) => {
    for (const template of templates.values()) {
      const { Resources } = template.toJSON()
      // References to resources are no values.
      const values = JSON.stringify(Resources, (_, value) => (value in Resources ? 'id' : value))
      expect(values).not.toMatch(pattern)
    }
  })

  test('the cursor key and the public keys are references, resolved while deploying', () => {
    const text = JSON.stringify([...templates.values()].map((template) => template.toJSON()))
    const values = [...text.matchAll(/"(?:CURSOR_KEY|TOKEN_JWKS)":("[^"]*")/g)].map(([, value]) => value)
    expect(new Set(values)).toEqual(
      new Set(['"{{resolve:ssm:/duely/prod/cursorKey}}"', '"{{resolve:ssm:/duely/prod/tokenKeys}}"']),
    )
  })

  test('do not export a fact: `cdk deploy` prints what is exported', () => {
    for (const template of templates.values()) {
      expect(JSON.stringify(template.findOutputs('*'))).not.toMatch(/Facts/)
    }
  })

  test.each([stages.prod, stages.localstack])(
    'fit CloudFormation with 110 routes: profile $profile',
    (stage) => {
      const many = synthesise(stage, manyRoutes())
      const counts = [...many.templates].map(([name, t]) => [name, Object.keys(t.toJSON().Resources).length])
      for (const [, count] of counts) expect(count).toBeLessThan(450)
      const sockets = stage.profile === 'aws' ? declared.sockets.length : 0
      const others = 2 + declared.triggers.length + sockets
      expect(many.resources('AWS::Lambda::Function').size).toBe(110 + others)
    },
  )

  test('say which tag to split when its routes do not fit one stack', () => {
    expect(() => synthesise(stages.prod, manyRoutes(220))).toThrow('share a tag')
  })
})
