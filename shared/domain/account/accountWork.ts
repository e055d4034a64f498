import type { AccountMessage } from '../../api/schemas/privacy.ts'
import { type DeletionWorld, runDeletion } from './deletion.ts'

export type AccountWork = DeletionWorld

/** Works on somebody's own data. False: not now, to be delivered again. */
export const runAccountWork = async (
  message: AccountMessage,
  world: AccountWork,
  _hasTime: () => boolean,
): Promise<boolean> => {
  return runDeletion(message.userId, world)
}
