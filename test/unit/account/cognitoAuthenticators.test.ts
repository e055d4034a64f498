import { describe, expect, test } from 'vitest'
import type { Authenticators } from '../../../shared/domain/account/mfa.ts'
import { poolServer } from './poolServer.ts'

const challenge = { session: 's', username: '5b1c2d3e-0000-4000-8000-000000000001' }
const AuthenticationResult = { AccessToken: 'access', RefreshToken: 'refresh', ExpiresIn: 900 }

const requests: Readonly<Record<string, (authenticators: Authenticators) => Promise<unknown>>> = {
  VerifySoftwareToken: (authenticators) => authenticators.verify('access', '123456'),
  RespondToAuthChallenge: (authenticators) => authenticators.answer(challenge, '123456'),
}

describe.each(Object.entries(requests))('a code that %s refuses is wrong', (operation, request) => {
  test.each([
    'CodeMismatchException',
    'EnableSoftwareTokenMFAException',
    'ExpiredCodeException',
    'InvalidParameterException',
    'NotAuthorizedException',
  ])('with %s', async (exception) => {
    const { authenticators } = await poolServer({ [operation]: { exception } })
    await expect(request(authenticators)).rejects.toMatchObject({ code: 'invalid-code' })
  })
  test('but not because Cognito is asked too often, or fails', async () => {
    const busy = await poolServer({ [operation]: { exception: 'TooManyRequestsException' } })
    await expect(request(busy.authenticators)).rejects.toMatchObject({ code: 'too-many-requests' })
    const broken = await poolServer({ [operation]: { exception: 'InternalErrorException' } })
    await expect(request(broken.authenticators)).rejects.toMatchObject({ name: 'InternalErrorException' })
  })
})

test('a first code that Cognito neither takes nor throws at is wrong', async () => {
  const { authenticators } = await poolServer({ VerifySoftwareToken: { Status: 'ERROR' } })
  await expect(authenticators.verify('access', '123456')).rejects.toMatchObject({ code: 'invalid-code' })
})

test('of two enrolments that begin at the same time Cognito refuses one, which may begin anew', async () => {
  const exception = 'ConcurrentModificationException'
  const { authenticators } = await poolServer({ AssociateSoftwareToken: { exception } })
  await expect(authenticators.enrol('access')).rejects.toMatchObject({ code: 'conflict' })
})

test('a challenge is answered under the name that it gave, not under an address', async () => {
  const { authenticators, asked } = await poolServer({ RespondToAuthChallenge: { AuthenticationResult } })
  const grant = { accessToken: 'access', refreshToken: 'refresh', expiresIn: 900 }
  expect(await authenticators.answer(challenge, '123456')).toEqual(grant)
  expect(asked[0]?.request).toEqual({
    ClientId: 'client',
    ChallengeName: 'SOFTWARE_TOKEN_MFA',
    Session: 's',
    ChallengeResponses: { USERNAME: challenge.username, SOFTWARE_TOKEN_MFA_CODE: '123456' },
  })
})

test.each([true, false])('that codes are required is set: %s', async (isRequired) => {
  const { authenticators, asked } = await poolServer({ AdminSetUserMFAPreference: {} })
  await authenticators.require('ana@example.org', isRequired)
  expect(asked[0]?.request).toEqual({
    UserPoolId: 'eu-west-1_Test',
    Username: 'ana@example.org',
    SoftwareTokenMfaSettings: { Enabled: isRequired, PreferredMfa: isRequired },
  })
})
