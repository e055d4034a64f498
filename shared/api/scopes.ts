import type { RouteDeclaration } from './declaration.ts'

/** What personal access tokens can be allowed: a group of routes, and whether only to read there. */
export const scopes = [
  'account:read',
  'workspaces:read',
  'workspaces:write',
  'access:read',
  'access:write',
  'audit:read',
  'projects:read',
  'projects:write',
  'tasks:read',
  'tasks:write',
  'notifications:read',
  'notifications:write',
  'templates:read',
  'templates:write',
  'webhooks:read',
  'webhooks:write',
] as const
export type Scope = (typeof scopes)[number]

/** Groups by the tags of routes. Several tags are one group to people who make a token: all about tasks. */
const groups: Readonly<Record<string, string>> = {
  account: 'account',
  workspaces: 'workspaces',
  members: 'access',
  groups: 'access',
  invitations: 'access',
  access: 'access',
  audit: 'audit',
  projects: 'projects',
  tasks: 'tasks',
  recurrence: 'tasks',
  life: 'tasks',
  structure: 'tasks',
  boards: 'tasks',
  checklists: 'tasks',
  time: 'tasks',
  attachments: 'tasks',
  comments: 'tasks',
  jobs: 'tasks',
  notifications: 'notifications',
  changes: 'tasks',
  live: 'tasks',
  templates: 'templates',
  webhooks: 'webhooks',
}

type Declared = Pick<RouteDeclaration, 'method' | 'tag' | 'access'>

/**
 * The scope that a personal access token needs for a route; `undefined` where none will do. GET reads, all else
 * writes. A tag without a group is for none: a new kind of route is closed to tokens until it stands above.
 */
export const scopeOf = ({ method, tag, access }: Declared): Scope | undefined => {
  const isOpen = access.kind === 'member' || (access.kind === 'session' && access.tokens !== undefined)
  if (!isOpen) return undefined
  const name = `${groups[tag]}:${method === 'GET' ? 'read' : 'write'}`
  return scopes.find((scope) => scope === name)
}
