import { confirmTotp, enrolTotp } from '../../../shared/api/routes/mfa.ts'
import type { App } from '../app.ts'
import { rightCode } from '../fakeAuthenticators.ts'
import { password, signedIn } from './accountCalls.ts'
import type { OrdinaryCalls } from './call.ts'
import { succeed } from './team.ts'

const enrolling = async (app: App) => {
  const who = await signedIn(app)
  await succeed(app, who, enrolTotp, { body: { password } })
  return who
}

const enrolled = async (app: App) => {
  const who = await enrolling(app)
  await succeed(app, who, confirmTotp, { body: { password, code: rightCode(1) } })
  return who
}

const proof = { password, code: rightCode(2) }

export const mfaCalls: OrdinaryCalls = {
  getMfa: async ({ app }) => ({ who: await enrolled(app), request: {} }),
  enrolTotp: async ({ app }) => ({ who: await signedIn(app), request: { body: { password } } }),
  confirmTotp: async ({ app }) => ({
    who: await enrolling(app),
    request: { body: { password, code: rightCode(1) } },
  }),
  renewRecoveryCodes: async ({ app }) => ({ who: await enrolled(app), request: { body: proof } }),
  disableTotp: async ({ app }) => ({ who: await enrolled(app), request: { body: proof } }),
}
