import { editMember as route } from '../shared/api/routes/members.ts'
import { editMember } from '../shared/domain/workspaces/useMembers.ts'
import { serve } from '../shared/http/serve.ts'
import { world } from '../shared/world/workspaces.ts'

export const handler = serve(route, editMember, world)
