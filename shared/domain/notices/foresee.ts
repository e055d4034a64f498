import type { NoticeMessage } from '../../api/schemas/notice.ts'
import type { Foreseen } from '../../api/schemas/noticePreview.ts'
import { may } from '../access/target.ts'
import type { PeopleByKey, WorkspacesByKey } from '../ports.ts'
import { aboutTask, type Task } from '../tasks/task.ts'
import { isActive } from './facts.ts'
import { type MailPlan, type Plan, planFor } from './plan.ts'
import { effectiveOf, type PreferencesStore } from './preferences.ts'

export interface ForeseeWorld {
  readonly people: Pick<PeopleByKey, 'person'>
  readonly workspaces: Pick<WorkspacesByKey, 'member'>
  readonly preferences: Pick<PreferencesStore, 'preferences'>
}

/** A notice that a change would make for somebody. */
export type Expected = Extract<NoticeMessage, { readonly taskId: string }>

const nobody = (why: string): Plan => ({ withheld: why, mail: { when: 'never', why } })

const whyOf = (withheld: string | null, mail: MailPlan): string | null =>
  mail.when === 'now' ? withheld : mail.why

/** What one of the notices would come to, by the state as the change leaves it. The name is left for whoever shows it. */
export const foresee = async (
  { kind, userId, workspaceId }: Pick<Expected, 'kind' | 'userId' | 'workspaceId'>,
  { task, actor, now }: { readonly task: Task; readonly actor: string; readonly now: string },
  world: ForeseeWorld,
): Promise<Foreseen> => {
  const [person, member, preferences] = await Promise.all([
    world.people.person(userId),
    world.workspaces.member(workspaceId, userId),
    world.preferences.preferences(workspaceId, userId),
  ])
  const plan = (): Plan => {
    if (userId === actor) return nobody('nobody is told of what they do themselves')
    if (!isActive(person)) return nobody('the account is not open')
    if (member === undefined || !may(member, 'task.read', aboutTask(task)))
      return nobody('the person may not see the task')
    return planFor({ kind, task, preferences: effectiveOf(preferences?.own), zone: person.zone, now })
  }
  const { withheld, mail } = plan()
  return {
    user: { id: userId, ...(member && { name: member.name }) },
    kind,
    inbox: withheld === null,
    mail: mail.when,
    mailAt: mail.when === 'later' ? mail.at : null,
    why: whyOf(withheld, mail),
  }
}
