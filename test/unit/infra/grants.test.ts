import { describe, expect, test } from 'vitest'
import type { DeployedRoute } from '../../../infra/declared.ts'
import { stages } from '../../../infra/stages.ts'
import { environmentNames as names } from '../../../shared/api/environment.ts'
import { declared, type Resource, synthesise } from './support/synthesis.ts'

interface Statement {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value])

function statementsOf({ Properties }: Resource): Statement[] {
  const policies = Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[]
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
}

/** The one route under test, beside the real triggers. */
function deployed(uses: DeployedRoute['uses']) {
  const route: DeployedRoute = {
    name: 'probe',
    method: 'GET',
    path: '/v1/probe',
    summary: 'Probe',
    tag: 'probes',
    access: { kind: 'session', reason: 'a probe of the tests' },
    uses,
  }
  const { templates } = synthesise(stages.prod, { ...declared, routes: [route] })
  const template = templates.get('duely-prod-probes')
  const one = (type: string) => Object.values(template?.findResources(type) ?? {})[0] as Resource
  const environment = one('AWS::Lambda::Function').Properties.Environment as {
    Variables: Record<string, unknown>
  }
  const [logs, ...granted] = statementsOf(one('AWS::IAM::Role'))
  return { logs, granted, variables: environment.Variables }
}

/** What the HTTP kernel reads, whatever the route. */
const kernelVariables = [
  names.publicUrl,
  names.allowedOrigins,
  names.cursorKey,
  names.userPool,
  names.userPoolClient,
  names.tokenIssuer,
  names.tokenKeys,
  names.tokenKeysUrl,
]

describe('a function gets what it declares, permission and variable together', () => {
  test('nothing declared: its own log group, what the kernel reads, and no more', () => {
    const { logs, granted, variables } = deployed({})
    expect(granted).toEqual([])
    expect(list(logs?.Action ?? [])).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents'])
    expect(logs?.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^probeLogs/), 'Arn'] })
    expect(Object.keys(variables).sort()).toEqual([...kernelVariables].sort())
  })

  test('an index only where a query names it', () => {
    const { granted, variables } = deployed({ table: ['GetItem', 'Query:byDue'] })
    expect(granted.map(({ Action }) => Action)).toEqual(['dynamodb:GetItem', 'dynamodb:Query'])
    expect(JSON.stringify(granted[0]?.Resource)).not.toContain('index')
    expect(JSON.stringify(granted[1]?.Resource)).toContain('/index/byDue')
    expect(variables).toHaveProperty(names.table)
  })

  test('the parts of a transaction, since IAM knows no transactions', () => {
    const { granted } = deployed({ table: ['TransactWriteItems'] })
    expect(granted.flatMap(({ Action }) => Action).sort()).toEqual([
      'dynamodb:ConditionCheckItem',
      'dynamodb:DeleteItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ])
  })

  test('a queue: send only', () => {
    const { granted, variables } = deployed({ queues: ['notifications'] })
    expect(granted.map(({ Action }) => Action)).toEqual(['sqs:SendMessage'])
    expect(variables).toHaveProperty('NOTIFICATIONS_QUEUE_URL')
  })

  test('mail: from the one sender only', () => {
    const { granted, variables } = deployed({ mail: true })
    expect(granted).toMatchObject([
      { Action: 'ses:SendRawEmail', Condition: { StringEquals: { 'ses:FromAddress': 'duely@example.com' } } },
    ])
    expect(JSON.stringify(granted[0]?.Resource)).toContain(':identity/duely@example.com')
    expect(JSON.stringify(granted[0]?.Resource)).toContain(':configuration-set/duely-')
    expect(variables).toHaveProperty(names.mailConfigurationSet)
    expect(variables).toHaveProperty(names.cursorKey)
    expect(variables[names.mailSender]).toBe('duely@example.com')
  })

  const fileGrants = [
    ['Upload', ['s3:PutObject /uploads/*']],
    ['Accept', ['s3:GetObject /uploads/*', 's3:PutObject /files/*', 's3:ListBucket ']],
    ['Download', ['s3:GetObject /files/*']],
    ['Remove', ['s3:DeleteObject /files/*']],
  ] as const

  test.each(fileGrants)('files, %s: what it needs, under the one prefix', (use, expected) => {
    const { granted, variables } = deployed({ files: [use] })
    const found = granted.map(({ Action, Resource }) => {
      const [prefix = ''] = JSON.stringify(Resource).match(/\/[\w/]+\*/) ?? []
      return `${list(Action).join()} ${prefix}`
    })
    expect(found).toEqual(expected)
    expect(variables).toMatchObject({
      [names.filesBucket]: expect.anything(),
      [names.filesBucketUrl]: expect.anything(),
      [names.filesOrigin]: expect.anything(),
    })
  })

  test('public operations of the pool take no permission', () => {
    expect(deployed({ identity: [] }).granted).toEqual([])
  })

  test('administrators’ operations are granted by name', () => {
    const { granted } = deployed({ identity: ['AdminGetUser'] })
    expect(granted.map(({ Action }) => Action)).toEqual(['cognito-idp:AdminGetUser'])
  })
})

describe('all policies of the deployment', () => {
  const { resources } = synthesise({ ...stages.prod, alarmMail: 'ops@example.com' })
  const roles = [...resources('AWS::IAM::Role').values()]
  const allowed = roles.flatMap(statementsOf).filter(({ Effect }) => Effect === 'Allow')

  test('grant no wildcard, neither in actions nor in resources, but the keys under one prefix of the bucket', () => {
    expect(allowed.length).toBeGreaterThan(roles.length)
    const text = JSON.stringify(allowed.map(({ Action, Resource }) => [Action, Resource]))
    expect(text.replaceAll(/\/((uploads|files|exports)|@connections)\/\*/g, '')).not.toContain('*')
  })

  test('allow nothing to everybody', () => {
    const types = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy']
    const policies = types.flatMap((type) => [...resources(type).values()])
    const statements = policies.flatMap(
      ({ Properties }) =>
        (Properties.PolicyDocument as { Statement: (Statement & { Principal: unknown })[] }).Statement,
    )
    const open = statements.filter((s) => s.Effect === 'Allow' && JSON.stringify(s.Principal).includes('*'))
    expect(statements.length).toBeGreaterThan(policies.length)
    expect(open).toEqual([])
  })

  test('stand in the roles only: no managed policy, no policy added beside', () => {
    expect(resources('AWS::IAM::Policy').size + resources('AWS::IAM::ManagedPolicy').size).toBe(0)
    for (const { Properties } of roles) expect(Properties).not.toHaveProperty('ManagedPolicyArns')
  })
})
