import { isDeepStrictEqual } from 'node:util'
import type { Unsubscription } from '../../mail/unsubscribe.ts'
import { edit } from '../edited.ts'
import { Failure } from '../failure.ts'
import type { Workspaces } from '../ports.ts'
import type { Ask, Outcome, UseCase } from '../useCase.ts'
import type { Member } from '../workspaces/workspace.ts'
import { noChoices, type Preferences, type PreferencesStore } from './preferences.ts'
import { stopped } from './stopMail.ts'

/** What there is to a link of a mail. */
interface Links {
  /** What a token stands for; `undefined` for one that is not ours. */
  readonly read: (token: string) => Unsubscription | undefined
  /** The page that it opens, before and after. */
  readonly page: (
    state: 'asks' | 'done',
    unsubscription: Unsubscription,
  ) => NonNullable<Outcome<string>['file']>
}
type LinkAsk = Ask<{ readonly token: string }>

/** A token that is none answers as a path that leads nowhere. */
const unsubscriptionOf = ({ params }: LinkAsk, links: Links): Unsubscription => {
  const unsubscription = links.read(params.token)
  if (unsubscription === undefined) throw new Failure('not-found')
  return unsubscription
}

/** Asks, and touches no data: programs that look at mails before people do follow every link. */
export const askToUnsubscribe = (ask: LinkAsk, links: Links): Outcome<string> => ({
  body: '',
  file: links.page('asks', unsubscriptionOf(ask, links)),
})

interface UnsubscribeWorld {
  readonly workspaces: Pick<Workspaces, 'memberInAnyState'>
  readonly preferences: PreferencesStore
  readonly links: Links
}
interface Loaded {
  readonly unsubscription: Unsubscription
  readonly member: Member | undefined
  readonly present: Preferences | undefined
}

/**
 * Switches off mails as the link says (RFC 8058). However often, and answers the same to somebody who is no member any
 * more: they get no such mails anyway. Who is suspended gets none either, but may come back to what they chose.
 */
export const unsubscribe: UseCase<LinkAsk, UnsubscribeWorld, Loaded, string> = {
  load: async (ask, { links, workspaces, preferences }) => {
    const unsubscription = unsubscriptionOf(ask, links)
    const { userId, workspaceId } = unsubscription
    const [member, present] = await Promise.all([
      workspaces.memberInAnyState(workspaceId, userId),
      preferences.preferences(workspaceId, userId),
    ])
    return { unsubscription, member, present }
  },
  run: async ({ ask }, { unsubscription, member, present }, { links, preferences }) => {
    const decide = (now: Preferences): Preferences => {
      const own = stopped(now.own, unsubscription.topic)
      if (isDeepStrictEqual(own, now.own)) return now
      return { ...now, own, updatedAt: ask.now, version: now.version + 1 }
    }
    const before = present ?? noChoices(unsubscription, ask.now)
    if (member !== undefined) await edit(before, undefined, decide, preferences.write)
    return { body: '', file: links.page('done', unsubscription) }
  },
}
