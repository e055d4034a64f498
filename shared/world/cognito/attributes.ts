import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider'
import * as z from 'zod/mini'
import { signUp } from '../../api/schemas/people.ts'
import type { Account } from '../../domain/account/person.ts'

/** An account as standard claims (OpenID Connect Core, 5.1), as Cognito keeps it. */
export const attributesOf = ({ email, name, language, zone }: Omit<Account, 'id'>): AttributeType[] => [
  { Name: 'email', Value: email },
  { Name: 'name', Value: name },
  { Name: 'locale', Value: language },
  { Name: 'zoneinfo', Value: zone },
]

/**
 * The account that attributes describe. Anybody can sign up at Cognito itself with whatever attributes, so those
 * that our own sign-up would not take give way to defaults.
 */
export const accountFrom = (attributes: readonly AttributeType[] = []): Account => {
  const claim = (name: string) => attributes.find(({ Name }) => Name === name)?.Value
  const id = claim('sub')
  const email = claim('email')
  if (id === undefined || email === undefined)
    throw new Error('an account of the pool has no sub or no email')
  const { name, language, zone } = signUp.shape
  return {
    id,
    email: email.toLowerCase(),
    name: z.safeParse(name, claim('name')).data ?? email.replace(/@.*/, ''),
    language: z.safeParse(language, claim('locale')).data ?? 'en',
    zone: z.safeParse(zone, claim('zoneinfo')).data ?? 'UTC',
  }
}
