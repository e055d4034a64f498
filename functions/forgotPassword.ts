import { forgotPassword as route } from '../shared/api/routes/passwords.ts'
import { forgotPassword } from '../shared/domain/account/passwords.ts'
import { serveOpen } from '../shared/http/serveOpen.ts'
import { identity } from '../shared/world/identity.ts'
import { settings } from '../shared/world/open.ts'

export const handler = serveOpen(
  route,
  (ask) => forgotPassword.run({ ask }, undefined, { identity }),
  settings,
)
