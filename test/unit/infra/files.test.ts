import { describe, expect, test } from 'vitest'
import { stages } from '../../../infra/stages.ts'
import { environmentNames as names } from '../../../shared/api/environment.ts'
import { fileHeaders } from '../../../shared/api/files.ts'
import { declared, type Resource, type Synthesis, synthesise } from './support/synthesis.ts'

const prod = synthesise(stages.prod)

function only({ resources }: Synthesis, type: string): Resource & { readonly logicalId: string } {
  const [entry, ...others] = resources(type)
  if (!entry || others.length > 0) throw new Error(`expected one ${type}`)
  return { logicalId: entry[0], ...entry[1] }
}

describe('the bucket of attached files', () => {
  const { Properties, ...bucket } = only(prod, 'AWS::S3::Bucket')

  test('is private in every respect, and encrypted', () => {
    expect(Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    })
    expect(JSON.stringify(Properties.BucketEncryption)).toContain('AES256')
    expect(JSON.stringify(Properties.OwnershipControls)).toContain('BucketOwnerEnforced')
    expect(Properties).not.toHaveProperty('VersioningConfiguration')
  })

  test('refuses what is not encrypted on the way, and grants nothing to anybody', () => {
    const { PolicyDocument } = only(prod, 'AWS::S3::BucketPolicy').Properties as {
      PolicyDocument: { Statement: { Effect: string; Condition: unknown }[] }
    }
    expect(PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ])
  })

  test('forgets uploads after a day, exports after seven, and nothing else', () => {
    expect(Properties.LifecycleConfiguration).toMatchObject({
      Rules: [
        {
          Status: 'Enabled',
          Prefix: 'uploads/',
          ExpirationInDays: 1,
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
        { Status: 'Enabled', Prefix: 'exports/', ExpirationInDays: 7 },
      ],
    })
  })

  test('lets pages of the product upload, and no others', () => {
    const [rule, ...others] = Object(Properties.CorsConfiguration).CorsRules
    expect(others).toEqual([])
    expect(rule).toMatchObject({ AllowedMethods: ['PUT'], AllowedHeaders: ['content-type', 'if-none-match'] })
    expect(rule.AllowedOrigins).toHaveLength(1)
    expect(JSON.stringify(rule.AllowedOrigins)).toContain('HttpApi')
  })

  test('lets the pages of a domain of its own and of the origins that the stage names upload', () => {
    const certificateArn = 'arn:aws:acm:eu-west-1:111111111111:certificate/0'
    const stage = {
      ...stages.prod,
      domain: { name: 'duely.example.org', certificateArn },
      allowedOrigins: ['https://app.example.org'],
    }
    const own = only(synthesise(stage), 'AWS::S3::Bucket')
    expect(own.Properties).toHaveProperty('CorsConfiguration.CorsRules.0.AllowedOrigins', [
      'https://duely.example.org',
      'https://app.example.org',
    ])
  })

  test('outlives its stack and keeps its logical id; a trial leaves nothing behind', () => {
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
    expect(bucket.logicalId).toBe('FilesBucket7C17EE2E')
    const trial = synthesise(stages.trial)
    expect(only(trial, 'AWS::S3::Bucket').DeletionPolicy).toBe('Delete')
    const emptying = [...trial.resources('Custom::DeploymentFact').values()].map(
      ({ Properties }) => Properties,
    )
    expect(emptying.map(({ Fact }) => Fact)).toContain('passingBucket')
    const kept = [...prod.resources('Custom::DeploymentFact').values()].map(({ Properties }) => Properties)
    expect(kept.map(({ Fact }) => Fact)).not.toContain('passingBucket')
  })
})

describe('the files origin', () => {
  const { DistributionConfig: config } = only(prod, 'AWS::CloudFront::Distribution').Properties as {
    DistributionConfig: {
      DefaultCacheBehavior: Record<string, unknown>
      Origins: Record<string, unknown>[]
      CustomErrorResponses: { ErrorCode: number; ErrorCachingMinTTL: number }[]
    }
  }

  test('passes the signed query on, neither host nor any other header, and caches nothing', () => {
    expect(config.DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD'],
      ViewerProtocolPolicy: 'https-only',
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', // CachingDisabled
    })
    const policy = only(prod, 'AWS::CloudFront::OriginRequestPolicy')
    expect(config.DefaultCacheBehavior.OriginRequestPolicyId).toEqual({ Ref: policy.logicalId })
    expect(policy.Properties.OriginRequestPolicyConfig).toMatchObject({
      QueryStringsConfig: { QueryStringBehavior: 'all' },
      HeadersConfig: { HeaderBehavior: 'none' },
      CookiesConfig: { CookieBehavior: 'none' },
    })
  })

  test('has no right of its own to the bucket: S3 verifies the signature', () => {
    expect(config.Origins).toMatchObject([{ S3OriginConfig: { OriginAccessIdentity: '' } }])
    expect(JSON.stringify(config.Origins)).toContain('RegionalDomainName')
    expect(prod.resources('AWS::CloudFront::OriginAccessControl').size).toBe(0)
  })

  test('keeps no refusal for the next who asks', () => {
    expect(config.CustomErrorResponses.map(({ ErrorCode }) => ErrorCode)).toEqual(
      expect.arrayContaining([400, 403, 404, 503]),
    )
    for (const { ErrorCachingMinTTL } of config.CustomErrorResponses) expect(ErrorCachingMinTTL).toBe(0)
  })

  test('sends the declared headers, whatever the bucket says', () => {
    const policy = only(prod, 'AWS::CloudFront::ResponseHeadersPolicy').Properties
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = Object(
      policy.ResponseHeadersPolicyConfig,
    )
    expect(Object(config.DefaultCacheBehavior).ResponseHeadersPolicyId).toBeDefined()
    const sent = {
      'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
      'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      'x-content-type-options': security.ContentTypeOptions.Override && 'nosniff',
      ...Object.fromEntries(custom.Items.map(({ Header, Value }: Record<string, string>) => [Header, Value])),
    }
    expect(sent).toEqual(fileHeaders)
    for (const one of [...Object.values(security), ...custom.Items]) expect(Object(one).Override).toBe(true)
  })
})

describe('on LocalStack', () => {
  const route = { ...declared.routes[0], uses: { files: ['Upload'] } } as (typeof declared.routes)[number]
  const local = synthesise(stages.localstack, { ...declared, routes: [route] })

  test('there is no CloudFront: the emulator is the origin', () => {
    expect(local.resources('AWS::CloudFront::Distribution').size).toBe(0)
    const functions = [...local.resources('AWS::Lambda::Function').values()]
    const [own] = functions.flatMap(({ Properties }) => {
      const { Variables } = Object(Properties.Environment)
      return Variables[names.filesOrigin] === undefined ? [] : Variables
    })
    expect(own[names.filesOrigin]).toBe('http://localhost:4566')
    expect(JSON.stringify(own[names.filesBucketUrl])).toContain('http://localhost:4566/')
  })
})
