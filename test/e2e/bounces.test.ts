import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { resumeMail } from '../../shared/api/routes/account.ts'
import { type Inbox, inboxOf } from '../support/e2e/inbox.ts'
import { newPerson } from '../support/e2e/people.ts'
import { onlyDeployed } from '../support/e2e/requires.ts'
import { newTeam, soon } from '../support/e2e/team.ts'

/** An address at which SES's mailbox simulator refuses all mails. */
const refusing = () => `bounce+${randomUUID()}@simulator.amazonses.com`

const titled = async (inbox: Inbox, title: string) =>
  (await inbox.entry(({ task }) => task?.title === title)).id

onlyDeployed('mail-events')(
  'an address at which mails bounce gets no more of them, until its owner takes it up again',
  async () => {
    const [team, ana] = await Promise.all([newTeam(), newPerson('Ana', { email: refusing() })])
    const { workspaceId } = team
    await team.admit(ana, 'member')
    const inbox = inboxOf(ana, workspaceId)
    const assign = (title: string) => team.addTask({ title, assigneeIds: [ana.id] })

    // The mail that greets a new account has come back by then.
    await soon(async () => {
      const title = randomUUID()
      await assign(title)
      const { mail } = await inbox.story(await titled(inbox, title), 'sent', 'suppressed')
      expect(mail).toMatchObject({ state: 'suppressed', why: 'mails to this address come back' })
    })
    await ana.api.ok(resumeMail)
    await assign('Taken up')
    const id = await titled(inbox, 'Taken up')
    await soon(async () => {
      const { story } = await inbox.story(id, 'sent')
      expect(story.at(-1)).toMatchObject({ channel: 'mail', state: 'bounced', why: 'General' })
    })
    await assign('Refused again')
    await inbox.story(await titled(inbox, 'Refused again'), 'suppressed')
  },
)
