import { resendCode as route } from '../shared/api/routes/account.ts'
import { resendCode } from '../shared/domain/account/signUp.ts'
import { serveOpen } from '../shared/http/serveOpen.ts'
import { identity } from '../shared/world/identity.ts'
import { settings } from '../shared/world/open.ts'

export const handler = serveOpen(route, (ask) => resendCode.run({ ask }, undefined, { identity }), settings)
