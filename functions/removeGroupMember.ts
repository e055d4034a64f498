import { removeGroupMember as route } from '../shared/api/routes/groups.ts'
import { removeGroupMember } from '../shared/domain/groups/useGroupMembers.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/groups.ts'

export const handler = serve(route, removeGroupMember, world)
