export interface EndpointParameters {
  readonly Endpoint?: string | undefined
  readonly Region: string
  readonly UseFIPS: boolean
  readonly UseDualStack: boolean
}

/** Partitions of AWS other than the public one: pattern of their regions, domain, domain with IPv6. */
const partitions: readonly (readonly [RegExp, string, string])[] = [
  [/^cn-/, 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  [/^eusc-/, 'amazonaws.eu', 'api.amazonwebservices.eu'],
  [/^us-iso-/, 'c2s.ic.gov', 'api.aws.ic.gov'],
  [/^us-isob-/, 'sc2s.sgov.gov', 'api.aws.scloud'],
  [/^eu-isoe-/, 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  [/^us-isof-/, 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
]

/**
 * Stands for the rules by which the SDK finds a service's endpoint: eleven kilobytes of interpreter, decision
 * diagram and list of regions. `hostOf` says where the service departs from `service.region.domain`.
 * @throws an Error for a combination that AWS does not have
 */
export const regionalEndpoint =
  (hostOf: (parameters: EndpointParameters, domains: readonly [string, string]) => string) =>
  (parameters: EndpointParameters): { url: URL; properties: object; headers: object } => {
    const { Endpoint, Region, UseFIPS, UseDualStack } = parameters
    if (Endpoint && UseFIPS)
      throw new Error('Invalid Configuration: FIPS and custom endpoint are not supported')
    if (Endpoint && UseDualStack)
      throw new Error('Invalid Configuration: Dualstack and custom endpoint are not supported')
    const [, ...domains] = partitions.find(([pattern]) => pattern.test(Region)) ?? [
      '',
      'amazonaws.com',
      'api.aws',
    ]
    return { url: new URL(Endpoint || `https://${hostOf(parameters, domains)}`), properties: {}, headers: {} }
  }
