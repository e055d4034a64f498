import { type Insider, insiders } from './personas.ts'

/**
 * The requirement, written down once more, and not computed by what it judges: who may do what to which target.
 * One word for each insider, in this order:
 *
 *   owner admin manager member guest projectOnly narrowed viewShare editShare
 *
 * The guest of a group (`grouped`) has the words of the guest.
 * A word has one letter for whatever the target, or three: for what is the insider's own, in the project at hand; for
 * what is not, there; for what is not, in another project. `y`: done. `f`: 403, since the insider may know of it.
 * `n`: 404, since the insider may not. Routes add `b` (400) and `c` (409) where what a request names is the matter.
 */
const rights = {
  'workspace.read': 'y y y y y y y y y',
  'workspace.edit': 'y y f f f f f f f',
  'workspace.deleteTasks': 'y f f f f f f f f',
  'audit.read': 'y n n n n n n n n',
  'member.read': 'y y y y n n y n n',
  'member.invite': 'y y f f n n f n n',
  'member.edit': 'y y f f n n f n n',
  // Of owners, and to make them: the ordinary calls are about those.
  'owner.edit': 'y f f f n n f n n',
  'group.read': 'y y y y n n y n n',
  'group.create': 'y y f f n n f n n',
  'group.edit': 'y y f f n n f n n',
  'group.delete': 'y y f f n n f n n',
  'project.create': 'y y y f n n y n n',
  'project.read': 'y y y y n yyn nny n n',
  'project.edit': 'y y y f n yyn nny n n',
  'project.members': 'y y y y n yyn nny n n',
  'project.statistics': 'y y y y n yyn nny n n',
  'project.addTask': 'y y y y n yyn nny n n',
  'task.read': 'y y y y ynn yyn yny yyn yyn',
  'task.copy': 'y y y y fnn yyn fny ffn ffn',
  'task.edit': 'y y y yff fnn yyn fny ffn fyn',
  'task.complete': 'y y y yff fnn yyn fny ffn fyn',
  'task.delete': 'y y y yff fnn yyn fny ffn ffn',
  'task.assign': 'y y y yff fnn yyn fny ffn ffn',
  'task.assignOthers': 'y y y f fnn yyn fny ffn ffn',
  // No share allows it, and the project that is left has a word in it.
  'task.move': 'y y y yff fnn yyn fny ffn ffn',
  'task.share': 'y y y yff fnn yyn fny ffn ffn',
  'task.time': 'y y y yff ynn yyn yny yfn yyn',
  'task.timeOfOthers': 'y y y f fnn yyn fny ffn ffn',
  'task.purge': 'y y f f fnn ffn fnf ffn ffn',
  'comment.read': 'y y y y ynn yyn yny yyn yyn',
  // By its author alone.
  'comment.edit': 'yff yff yff yff ynn yfn ynf yfn yfn',
  'comment.delete': 'y y y yff ynn yyn yny yfn yfn',
  'notification.own': 'ynn ynn ynn ynn ynn ynn ynn ynn ynn',
  'template.read': 'y y y y n n y n n',
  'template.create': 'y y y y n n y n n',
  'template.edit': 'y y y yff n n y n n',
  'template.delete': 'y y y yff n n y n n',
  'template.use': 'y y y y n n y n n',
  'job.create': 'y y y y n n y n n',
  'job.read': 'y y ynn ynn ynn ynn ynn ynn ynn',
  'job.cancel': 'y y ynn ynn ynn ynn ynn ynn ynn',
  'statistics.read': 'y y y y n n y n n',
  'webhook.read': 'y y n n n n n n n',
  'webhook.create': 'y y n n n n n n n',
  'webhook.edit': 'y y n n n n n n n',
  'webhook.delete': 'y y n n n n n n n',
} as const
export type Right = keyof typeof rights

/** `a`: 401. `s`: 403, for want of a scope. */
export type Code = 'y' | 'f' | 'n' | 'b' | 'c' | 'a' | 's'

/** Whose the target is and where it stands. */
const relations = ['mine', 'home', 'other'] as const
export type Relation = (typeof relations)[number]

const letterOf = (word: string, relation: Relation): Code =>
  (word.length === 1 ? word : word[relations.indexOf(relation)]) as Code

/** What a group that a guest is in is assigned to is the guest's own. */
const asGuest = (right: Right, relation: Relation): Relation =>
  (right.startsWith('task.') || right === 'comment.read') && relation === 'home' ? 'mine' : relation

export const codeOf = (right: Right, insider: Insider, relation: Relation): Code =>
  insider === 'grouped'
    ? codeOf(right, 'guest', asGuest(right, relation))
    : letterOf(rights[right].split(' ')[insiders.indexOf(insider)] as string, relation)

/** What a route is about: the kind of thing that its path names last, as far as that has its own rules. */
export type About =
  | 'task'
  | 'project'
  | 'template'
  | 'job'
  | 'notification'
  | 'group'
  | 'webhook'
  | 'member'
  | 'workspace'

export interface Expectation {
  readonly about: About
  /** All of them are needed; the first that is lacking decides. */
  readonly needs: readonly Right[]
  /** Group of scopes that a token needs; `null`: no token will do. */
  readonly group: string | null
  /** Words of insiders for whom something else decides. */
  readonly but?: Partial<Record<Insider, string>>
  /** What the request names beside its target needs, by its place; a code where that depends on nobody. */
  readonly beside?: Readonly<Record<string, Right | Code>>
  /** Answers to an id that nothing has, by its place, where that is no 404 in the path and no 400 elsewhere. */
  readonly absent?: Readonly<Record<string, Right | Code>>
  /** What is needed where a place names nothing, or somebody else, if that is not what `needs` says. */
  readonly instead?: Readonly<Record<string, readonly Right[]>>
  /** Other forms of the body: requests of other routes, by the members that hold those bodies. */
  readonly otherForms?: Readonly<Record<string, string>>
  /** The caller is somebody else afterwards. */
  readonly spends?: true
}

/** The first right that is lacking decides. */
export const codeOfAll = (all: readonly Right[], insider: Insider, relation: Relation): Code =>
  all.map((right) => codeOf(right, insider, relation)).find((code) => code !== 'y') ?? 'y'

export const expectedOf = (row: Expectation, insider: Insider, relation: Relation): Code => {
  const word = row.but?.[insider] ?? (insider === 'grouped' ? row.but?.guest : undefined)
  return word === undefined ? codeOfAll(row.needs, insider, relation) : letterOf(word, relation)
}
