import type { Scope } from '../../../shared/api/scopes.ts'

/** A route of one's own account. */
export interface OwnExpectation {
  /** What a token needs; `null`: none will do. */
  readonly scope: Scope | null
  /** A token of one workspace will do as well. */
  readonly bound?: true
  /** Only in a state that the account of nobody else is in. */
  readonly staged?: true
}

const closed: OwnExpectation = { scope: null }

/** Every route of one's own account: everybody has one, and nobody else reaches it. */
export const ownRows: Readonly<Record<string, OwnExpectation>> = {
  getMe: { scope: 'account:read', bound: true },
  editMe: closed,
  resumeMail: closed,
  listSessions: closed,
  endSession: closed,
  endOtherSessions: closed,
  signOut: closed,
  signOutEverywhere: closed,
  changePassword: closed,
  deleteMe: { ...closed, staged: true },
  createExport: closed,
  getExport: closed,
  getMfa: closed,
  enrolTotp: closed,
  confirmTotp: { ...closed, staged: true },
  renewRecoveryCodes: { ...closed, staged: true },
  disableTotp: { ...closed, staged: true },
  createToken: closed,
  listTokens: closed,
  getToken: closed,
  revokeToken: closed,
  listWorkspaces: { scope: 'workspaces:read' },
  createWorkspace: closed,
  getInvitation: closed,
  acceptInvitation: closed,
}

/** Routes that ask for no session: anybody may call them, and what they ask for instead has tests of its own. */
export const openRoutes: readonly string[] = [
  'signUp',
  'confirmSignUp',
  'resendCode',
  'signIn',
  'forgotPassword',
  'resetPassword',
  'refresh',
  'getUnsubscribe',
  'unsubscribe',
  'getDocs',
  'getDocsAsset',
  'getOpenApi',
]
