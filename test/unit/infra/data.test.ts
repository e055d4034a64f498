import { describe, expect, test } from 'vitest'
import { stages } from '../../../infra/stages.ts'
import { tableDefinition } from '../../../shared/data/table.ts'
import { synthesise } from './support/synthesis.ts'

const { resources } = synthesise(stages.prod)

function only(type: string) {
  const [entry, ...others] = resources(type)
  if (!entry || others.length > 0) throw new Error(`expected one ${type}`)
  const [logicalId, { Properties, ...resource }] = entry
  return { logicalId, properties: Properties, resource }
}

describe('table', () => {
  const { properties, resource } = only('AWS::DynamoDB::GlobalTable')

  test('can be restored to any second of 35 days, and is neither deleted nor replaced by accident', () => {
    expect(properties.Replicas).toEqual([
      expect.objectContaining({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      }),
    ])
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
  })

  test('is billed by request, encrypted, and streams both images', () => {
    expect(properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: false }, // DynamoDB's own key: encrypted all the same, never billed
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: tableDefinition.ttl, Enabled: true },
    })
  })

  test('has the keys and indexes of the definition', () => {
    const keys = (pk: string, sk: string) => [
      { AttributeName: pk, KeyType: 'HASH' },
      { AttributeName: sk, KeyType: 'RANGE' },
    ]
    const projection = (kind: 'KEYS_ONLY' | 'ALL' | readonly string[]) =>
      typeof kind === 'string'
        ? { ProjectionType: kind }
        : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...kind] }
    expect(properties.KeySchema).toEqual(keys('PK', 'SK'))
    expect(properties.GlobalSecondaryIndexes).toEqual(
      Object.entries(tableDefinition.indexes).map(([IndexName, index]) => ({
        IndexName,
        KeySchema: keys(index.pk, index.sk),
        Projection: projection(index.projection),
      })),
    )
  })

  test('projects no more attributes than DynamoDB takes: 100 over all indexes', () => {
    const lists = Object.values(tableDefinition.indexes).map(({ projection }) => projection)
    expect(lists.flatMap((list) => (typeof list === 'string' ? [] : list)).length).toBeLessThanOrEqual(100)
  })
})

describe('people', () => {
  test('sign up by mail address in any case, with twelve characters, and recover by mail only', () => {
    expect(only('AWS::Cognito::UserPool').properties).toMatchObject({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    })
  })

  test('the pool outlives its stack', () => {
    const { properties, resource } = only('AWS::Cognito::UserPool')
    expect(properties.DeletionProtection).toBe('ACTIVE')
    expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
  })

  test('the client has no secret, short access, long revocable refresh, and tells nobody who exists', () => {
    const { properties } = only('AWS::Cognito::UserPoolClient')
    expect(properties).toMatchObject({
      GenerateSecret: false,
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      RefreshTokenValidity: 43_200,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
      AllowedOAuthFlowsUserPoolClient: false,
    })
    expect([...(properties.ExplicitAuthFlows as string[])].sort()).toEqual([
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
    ])
  })

  test('codes come from the verified sender once the stage says so', () => {
    const verified = { ...stages.prod.sender, verified: true }
    const pools = synthesise({ ...stages.prod, sender: verified }).resources('AWS::Cognito::UserPool')
    for (const { Properties } of pools.values()) {
      expect(Properties.EmailConfiguration).toMatchObject({
        EmailSendingAccount: 'DEVELOPER',
        From: 'Duely <duely@example.com>',
      })
    }
    expect(pools.size).toBe(1)
  })
})

/** A changed id here means that CloudFormation replaces the resource, and its content is gone or left behind. */
test('what has a memory keeps its logical id', () => {
  expect({
    table: only('AWS::DynamoDB::GlobalTable').logicalId,
    pool: only('AWS::Cognito::UserPool').logicalId,
    client: only('AWS::Cognito::UserPoolClient').logicalId,
    sender: only('AWS::SES::EmailIdentity').logicalId,
    facts: [...resources('Custom::DeploymentFact').keys()],
    parameters: [...resources('AWS::SSM::Parameter').keys()],
  }).toEqual({
    table: 'DataTableFDBAD0F2',
    pool: 'PeopleUserPool5E462257',
    client: 'PeopleUserPoolClient4E32C6F3',
    sender: 'SenderIdentity814F01AC',
    facts: ['FactscursorKeyA9692405', 'FactstokenKeysEE5D14FF'],
    parameters: ['FactscursorKeyParameterD87CC17C', 'FactstokenKeysParameterDA32AED8'],
  })
})

test('a trial leaves nothing behind', () => {
  const trial = synthesise(stages.trial)
  for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::Cognito::UserPool']) {
    for (const resource of trial.resources(type).values()) expect(resource.DeletionPolicy).toBe('Delete')
  }
})
