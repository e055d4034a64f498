import type { People } from '../ports.ts'
import { type Account, newPerson } from './person.ts'

/**
 * Sees to it that somebody whose address is proven has an active person. Cognito and the table cannot change
 * together, so sign-up or confirmation may have stopped between them; what Cognito kept then makes the person.
 */
export const openPerson = async (account: Account, now: string, people: People): Promise<void> => {
  const activated = await people.activate(account.id, now)
  if (activated.won || activated.present !== undefined) return
  const added = await people.addPerson(newPerson(account, 'active', now))
  // A sign-up that was slow rather than cut off has put the person in between.
  if (!added.won && added.present?.state === 'unconfirmed') await people.activate(account.id, now)
}
