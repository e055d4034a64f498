import { drain } from '../drain.ts'
import type { Model, Person } from '../model.ts'
import type { Session } from '../session.ts'
import { compareRollups, compareStatistics } from './counts.ts'
import { compareHistory } from './history.ts'
import { compareLinkLists, compareLists } from './lists.ts'
import { compareKeys, compareLinks, compareTasks } from './tasks.ts'

/** The workspace is what its model says, in everything that can be seen of it. */
export const compare = async (model: Model, real: Session): Promise<void> => {
  await drain(model, real)
  const owner = model.people[0] as Person
  compareLinks(model)
  // At once: what they read by keys is gathered into few requests.
  await Promise.all([
    compareTasks(model, real, owner),
    compareKeys(model, real),
    compareHistory(model, real),
    compareLists(model, real, owner),
    compareLinkLists(model, real),
    compareStatistics(model, real, owner),
    compareRollups(model, real),
  ])
}
