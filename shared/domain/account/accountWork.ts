import type { AccountMessage } from '../../api/schemas/privacy.ts'
import { type DeletionWorld, runDeletion } from './deletion.ts'
import { type ExportWorld, runExport } from './exportWork.ts'

export type AccountWork = DeletionWorld & ExportWorld

/** Works on somebody's own data. False: not now, to be delivered again. */
export const runAccountWork = async (
  message: AccountMessage,
  world: AccountWork,
  hasTime: () => boolean,
): Promise<boolean> => {
  if (message.kind === 'deletion') return runDeletion(message.userId, world)
  await runExport(message, world, hasTime)
  return true
}
