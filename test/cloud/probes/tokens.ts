import { GlobalSignOutCommand, RevokeTokenCommand } from '@aws-sdk/client-cognito-identity-provider'
import { JwtRsaVerifier } from 'aws-jwt-verify'
import type { Jwks } from 'aws-jwt-verify/jwk'
import { region } from '../settings.ts'
import { claims, confirmedAccount, type Pool, refresh, signIn } from './accounts.ts'
import { check, judge, refusal } from './probe.ts'

/** The life of a pool's tokens: refresh, revocation, sign-out everywhere, signature. */
export async function tokenFindings(pool: Pool) {
  const address = await confirmedAccount(pool)
  const first = await signIn(pool, address)
  return [
    await check('identity-keys', async () => {
      const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool.UserPoolId}`
      const response = await fetch(`${pool.cloud.url}/${pool.UserPoolId}/.well-known/jwks.json`)
      const verifier = JwtRsaVerifier.create({ issuer, audience: null })
      verifier.cacheJwks((await response.json()) as Jwks)
      const payload = await verifier.verify(first.AccessToken ?? '')
      const seen = `token_use ${payload.token_use}, client_id ${payload.client_id === pool.ClientId ? 'right' : 'wrong'}`
      return judge(seen === 'token_use access, client_id right', seen)
    }),
    await check('identity-refresh', async () => {
      const before = claims(first.AccessToken)
      // `iat` counts seconds: only after the next one begins can a kept auth_time be told from a new one.
      while (Math.floor(Date.now() / 1_000) <= Number(before.iat))
        await fetch(`${pool.cloud.url}/_ministack/ready`)
      const second = await refresh(pool, first.RefreshToken)
      const after = claims(second.AccessToken)
      const kept = ['origin_jti', 'auth_time', 'sub'].filter(
        (name) => name in before && before[name] === after[name],
      )
      const rotated = second.RefreshToken ? 'new refresh token' : 'same refresh token'
      return judge(kept.length === 3, `kept: ${kept.join(' ')}; ${rotated}`)
    }),
    await check('identity-revoke', async () => {
      const other = await signIn(pool, address)
      await pool.client.send(new RevokeTokenCommand({ ClientId: pool.ClientId, Token: other.RefreshToken }))
      const name = await refusal(refresh(pool, other.RefreshToken))
      const still = await refusal(refresh(pool, first.RefreshToken))
      return judge(
        name === 'NotAuthorizedException' && still === 'accepted',
        `revoked: ${name}; another device: ${still}`,
      )
    }),
    await check('identity-sign-out-everywhere', async () => {
      const other = await signIn(pool, address)
      await pool.client.send(new GlobalSignOutCommand({ AccessToken: other.AccessToken }))
      const names = [
        await refusal(refresh(pool, first.RefreshToken)),
        await refusal(refresh(pool, other.RefreshToken)),
      ]
      return judge(
        names.every((name) => name === 'NotAuthorizedException'),
        names.join(' '),
      )
    }),
  ]
}
