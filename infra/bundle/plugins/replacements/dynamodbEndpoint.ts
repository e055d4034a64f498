import { regionalEndpoint } from './regionalEndpoint.ts'

/** In US GovCloud every endpoint of DynamoDB is FIPS, without being called so. */
export const defaultEndpointResolver = regionalEndpoint(
  ({ Region, UseFIPS, UseDualStack }, [domain, dualStack]) => {
    const called = UseFIPS && (UseDualStack || !Region.startsWith('us-gov-'))
    return `dynamodb${called ? '-fips' : ''}.${Region}.${UseDualStack ? dualStack : domain}`
  },
)
