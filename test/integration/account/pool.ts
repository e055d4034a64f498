import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { startCognito } from '../../../local/parts/cognito.ts'
import { clientOptions } from '../../../local/parts/part.ts'
import { startSes } from '../../../local/parts/ses.ts'
import { tokenVerifier } from '../../../shared/http/tokens.ts'
import { cognitoAuthenticators } from '../../../shared/world/cognito/authenticators.ts'
import { cognitoIdentity } from '../../../shared/world/cognito/identity.ts'

/** The local user pool with its inbox: the identity that talks to it, and a verifier of its tokens. */
export const startPool = async (now: () => number) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'duely-account-'))
  const ses = await startSes({ dataDir })
  const cognito = await startCognito({
    dataDir,
    sesEndpoint: ses.endpoint,
    mailSender: 'no-reply@example.org',
    now,
  })
  const { userPoolId: poolId, clientId, issuer, keySet, keySetUrl: keysUrl } = cognito
  const client = new CognitoIdentityProviderClient(clientOptions(cognito.endpoint))

  /** Codes mailed to an address so far, oldest first. */
  const codesTo = async (address: string): Promise<string[]> => {
    const { emails } = (await (await fetch(`${ses.endpoint}/store`)).json()) as {
      emails: { destination: { to: string[] }; body: { text: string } }[]
    }
    return emails
      .filter(({ destination }) => destination.to.includes(address))
      .map(({ body }) => /\b\d{6}\b/.exec(body.text)?.[0] ?? 'no code')
  }
  const close = async () => {
    client.destroy()
    await cognito.close()
    await ses.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return {
    identity: cognitoIdentity(client, { poolId, clientId }),
    authenticators: cognitoAuthenticators(client, { poolId, clientId }),
    client,
    ids: { poolId, clientId },
    verify: tokenVerifier({ issuer, clientId, keys: JSON.stringify(keySet), keysUrl }),
    codesTo,
    close,
  }
}
