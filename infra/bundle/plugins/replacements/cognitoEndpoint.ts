import { regionalEndpoint } from './regionalEndpoint.ts'

const fipsRegions = /^us-(east|west)-[12]$/

/** In the public partition Cognito answers over IPv6 at its ordinary addresses. */
export const defaultEndpointResolver = regionalEndpoint(
  ({ Region, UseFIPS, UseDualStack }, [domain, dualStack]) => {
    const ordinary = UseFIPS
      ? fipsRegions.test(Region)
      : domain === 'amazonaws.com' && !Region.startsWith('us-gov-')
    return `cognito-idp${UseFIPS ? '-fips' : ''}.${Region}.${UseDualStack && !ordinary ? dualStack : domain}`
  },
)
