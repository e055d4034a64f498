import type { Sentence } from './sentence.ts'

/** Phrases of recurrence among the other tokens; the phrases themselves have tests of their own. */
export const recurrences: readonly Sentence[] = [
  [
    'Pay rent ⟨recurrence=FREQ=MONTHLY;BYMONTHDAY=1|every 1st⟩ ⟨time=09:00|9am⟩ ⟨priority=high|!high⟩ ⟨assignee=ana|@ana⟩ ⟨tag=home|#home⟩ ⟨project=finance|+finance⟩ ⟨description=note|//note⟩',
    'Pay rent',
    '2026-12-01T09:00',
  ],
  ['Plants ⟨recurrence=FREQ=DAILY;INTERVAL=2|every other day⟩', 'Plants', '2026-11-18'],
  ['Plants ⟨recurrence=FREQ=DAILY|every day⟩ ⟨time=09:00|at 9am⟩', 'Plants', '2026-11-19T09:00'],
  ['Plants ⟨recurrence=FREQ=DAILY|every day⟩ ⟨time=11:00|at 11am⟩', 'Plants', '2026-11-18T11:00'],
  ['Backup ⟨recurrence=!FREQ=DAILY;INTERVAL=3|every! 3 days⟩', 'Backup', '2026-11-18'],
  ['Standup ⟨recurrence=FREQ=WEEKLY;BYDAY=MO|every monday⟩ ⟨time=09:30|9:30⟩', 'Standup', '2026-11-23T09:30'],
  [
    'Review ⟨recurrence=FREQ=MONTHLY;BYDAY=-1FR|every last friday⟩ ⟨time=16:00|4pm⟩',
    'Review',
    '2026-11-27T16:00',
  ],
  ['⟨recurrence=FREQ=WEEKLY;BYDAY=MO|Every monday,⟩ plan', 'plan', '2026-11-23'],
  // Weekly from today on, a Wednesday; this week's eight o'clock has passed.
  ['Report ⟨recurrence=FREQ=WEEKLY|weekly⟩ ⟨time=08:00|8am⟩', 'Report', '2026-11-25T08:00'],
  ['Write the weekly report', 'Write the weekly report'],
  ['Gym ⟨recurrence=FREQ=WEEKLY|every week⟩ ⟨date=2026-12-02|starting 2 dec⟩', 'Gym', '2026-12-02'],
  [
    'Gym ⟨recurrence=FREQ=WEEKLY;INTERVAL=2|every 2 weeks⟩ ⟨date=2026-11-23|from next monday⟩',
    'Gym',
    '2026-11-23',
  ],
  ['Gym ⟨recurrence=FREQ=WEEKLY;BYDAY=FR|every friday⟩ ⟨date=2026-12-01|from 1 dec⟩', 'Gym', '2026-12-04'],
  ['Pills ⟨recurrence=FREQ=DAILY;UNTIL=20270301|every day until 2027-03-01⟩', 'Pills', '2026-11-18'],
  [
    'Pills ⟨recurrence=FREQ=DAILY|every day⟩ ⟨time=11:00|11am⟩ ⟨?|until 2027-03-01⟩',
    'Pills until 2027-03-01',
    '2026-11-18T11:00',
  ],
  ['Pills ⟨?|every day until 2020-03-01⟩', 'Pills every day until 2020-03-01'],
  ['Gym ⟨recurrence=FREQ=WEEKLY;BYDAY=MO|every monday⟩ ⟨?|every tuesday⟩', 'Gym every tuesday', '2026-11-23'],
  ['Every thing counts', 'Every thing counts'],
  ['Tidy ⟨recurrence=FREQ=DAILY|daily⟩ ⟨reminder=30|remind 30m⟩', 'Tidy', '2026-11-18'],
  ['Rent \\every month', 'Rent every month'],
]
