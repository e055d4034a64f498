import { addGroupMember as route } from '../shared/api/routes/groups.ts'
import { addGroupMember } from '../shared/domain/groups/useGroupMembers.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/groups.ts'

export const handler = serve(route, addGroupMember, world)
