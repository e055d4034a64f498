import { expect, test } from 'vitest'
import { stages } from '../../../infra/stages.ts'
import { checkNewPassword } from '../../../local/parts/cognito/requestChecks.ts'
import { minimumPasswordLength } from '../../../shared/domain/account/password.ts'
import { synthesise } from '../infra/support/synthesis.ts'

test('the user pools, deployed and local, ask for the length that people are told', () => {
  const pools = [...synthesise(stages.prod).resources('AWS::Cognito::UserPool').values()]
  const lengths = pools.map(
    ({ Properties }) =>
      (Properties as { Policies: { PasswordPolicy: { MinimumLength: number } } }).Policies.PasswordPolicy
        .MinimumLength,
  )
  expect(lengths).toEqual([minimumPasswordLength])
  const check = (length: number) => () => checkNewPassword('SignUp', { Password: 'x'.repeat(length) })
  expect(check(minimumPasswordLength)).not.toThrow()
  expect(check(minimumPasswordLength - 1)).toThrow('not long enough')
})
