import { expect, test } from 'vitest'
import { type OwnPreferences, preferenceKinds } from '../../../../shared/api/schemas/preferences.ts'
import { effectiveOf } from '../../../../shared/domain/notices/preferences.ts'
import { stopped } from '../../../../shared/domain/notices/stopMail.ts'
import { mailTopics } from '../../../../shared/mail/topics.ts'

const own: OwnPreferences = {
  kinds: { assigned: { inbox: false, mail: true }, status: { mail: true } },
  projects: {
    prj_1: { assigned: { mail: true }, due: { inbox: false } },
    prj_2: { assigned: { mail: false } },
  },
  mailWindow: 'hourly',
  digest: { weekly: true, hour: 7 },
}

/** Everything that still goes by mail: kinds, in projects as well, and summaries. */
const mailed = (preferences: OwnPreferences) => {
  const { kinds, projects, digest } = effectiveOf(preferences)
  const of = (some: typeof kinds, where: string) =>
    preferenceKinds.filter((kind) => some[kind].mail).map((kind) => `${where}${kind}`)
  return [
    ...of(kinds, ''),
    ...Object.entries(projects).flatMap(([id, some]) => of(some, `${id} `)),
    ...(['daily', 'weekly'] as const).filter((rhythm) => digest[rhythm]),
  ]
}
/** Everything besides mails. */
const rest = (preferences: OwnPreferences) => {
  const { kinds, projects, digest, ...others } = effectiveOf(preferences)
  const inboxes = [kinds, ...Object.values(projects)].map((some) =>
    preferenceKinds.map((kind) => some[kind].inbox),
  )
  return { inboxes, hour: digest.hour, others }
}

test.each(mailTopics.filter((topic) => topic !== 'all'))(
  'stopping %s stops that alone, everywhere',
  (topic) => {
    for (const before of [own, {}]) {
      const after = stopped(before, topic)
      const isOf = (one: string) => one === topic || one.endsWith(` ${topic}`)
      expect(mailed(after)).toEqual(mailed(before).filter((one) => !isOf(one)))
      expect(rest(after)).toEqual(rest(before))
    }
  },
)

test('stopping all stops every kind, and leaves the summaries', () => {
  expect(mailed(stopped(own, 'all'))).toEqual(['daily', 'weekly'])
  expect(rest(stopped(own, 'all'))).toEqual(rest(own))
})

test('stopping what is stopped changes nothing', () => {
  for (const topic of mailTopics) {
    const once = stopped(own, topic)
    expect(stopped(once, topic)).toEqual(once)
  }
})

test('a project that nothing was chosen for inherits', () => {
  expect(stopped(own, 'due').projects).toEqual(own.projects)
})
