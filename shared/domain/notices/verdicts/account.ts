import { isActive, type Judge, no, recipientOf } from '../facts.ts'
import { noticeIdOf } from '../identity.ts'

export const welcome: Judge<'welcome'> = async (message, { people }) => {
  const person = await people.person(message.userId)
  if (!isActive(person)) return no('the account is not open')
  return { send: true, notice: { kind: 'welcome', id: noticeIdOf(message) }, recipient: recipientOf(person) }
}

/** Told whatever has changed since: each change may have been somebody else's. */
export const mfaChanged: Judge<'mfa'> = async (message, { people }) => {
  const person = await people.person(message.userId)
  if (!isActive(person)) return no('the account is not open')
  const { kind, change, at, codesLeft } = message
  return {
    send: true,
    notice: { kind, id: noticeIdOf(message), change, at, codesLeft },
    recipient: recipientOf(person),
  }
}

/** The one notice that goes to an account which is not open any more. */
export const farewell: Judge<'farewell'> = async (message, { people }) => {
  const person = await people.person(message.userId)
  if (person?.state !== 'deleting') return no('the account is not being deleted')
  return { send: true, notice: { kind: 'farewell', id: noticeIdOf(message) }, recipient: recipientOf(person) }
}
