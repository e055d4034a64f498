import { type OwnPreferences, type PreferenceKind, preferenceKinds } from '../../api/schemas/preferences.ts'
import type { MailTopic } from '../../mail/topics.ts'

type Kinds = NonNullable<OwnPreferences['kinds']>

const withoutMail = (own: Kinds, kinds: readonly PreferenceKind[]): Kinds => ({
  ...own,
  ...Object.fromEntries(kinds.map((kind) => [kind, { ...own[kind], mail: false }])),
})

/** Projects for which somebody has chosen mails of these kinds have none any more; all else inherits. */
const inProjects = (
  projects: NonNullable<OwnPreferences['projects']>,
  kinds: readonly PreferenceKind[],
): NonNullable<OwnPreferences['projects']> =>
  Object.fromEntries(
    Object.entries(projects).map(([id, own]) => [
      id,
      withoutMail(
        own,
        kinds.filter((kind) => own[kind]?.mail === true),
      ),
    ]),
  )

/** What somebody has chosen once they want no mails about something any more: in the inbox it stands as before. */
export const stopped = (own: OwnPreferences, topic: MailTopic): OwnPreferences => {
  if (topic === 'daily' || topic === 'weekly') return { ...own, digest: { ...own.digest, [topic]: false } }
  const kinds = topic === 'all' ? preferenceKinds : [topic]
  return {
    ...own,
    kinds: withoutMail(own.kinds ?? {}, kinds),
    ...(own.projects && { projects: inProjects(own.projects, kinds) }),
  }
}
