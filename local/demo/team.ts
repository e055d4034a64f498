/** The team of the demonstration. Addresses end in `.example`, which nobody can own (RFC 2606). */
export const demoPassword = 'a demonstration password'

export interface DemoPerson {
  readonly name: string
  readonly email: string
  readonly role: 'owner' | 'manager' | 'member'
}

export const team: readonly [DemoPerson, ...DemoPerson[]] = [
  { name: 'Ana Duarte', email: 'ana@harbour.example', role: 'owner' },
  { name: 'Bilal Haddad', email: 'bilal@harbour.example', role: 'manager' },
  { name: 'Chiyo Tanaka', email: 'chiyo@harbour.example', role: 'member' },
]

export interface DemoTask {
  readonly title: string
  readonly description?: string
  readonly status?: 'open' | 'in_progress' | 'blocked' | 'done'
  readonly priority?: 'low' | 'medium' | 'high' | 'urgent'
  /** Days from today, or minutes from now. */
  readonly due?: { readonly days: number } | { readonly minutes: number }
  /** Minutes before due at which the assignees get a mail. */
  readonly remind?: number
  /** First names. */
  readonly who?: readonly string[]
  readonly tags?: readonly string[]
}

export interface DemoProject {
  readonly name: string
  readonly key: string
  readonly description: string
  readonly tasks: readonly DemoTask[]
}

export const projects: readonly DemoProject[] = [
  {
    name: 'Office move',
    key: 'MOVE',
    description: 'From Dock Street to the new place at the harbour, without a day of downtime.',
    tasks: [
      {
        title: 'Confirm the lift booking with the moving company',
        description: 'They hold it until this afternoon. **Phone**, do not mail.',
        priority: 'urgent',
        due: { minutes: 3 },
        remind: 1,
        who: ['Ana'],
        tags: ['movers'],
      },
      {
        title: 'Sign the lease for the harbour office',
        status: 'done',
        priority: 'high',
        due: { days: -6 },
        who: ['Ana'],
      },
      {
        title: 'Order the internet line',
        status: 'in_progress',
        priority: 'high',
        due: { days: 2 },
        remind: 1440,
        who: ['Bilal'],
        tags: ['it'],
      },
      { title: 'Label the server room cables', due: { days: 4 }, who: ['Chiyo', 'Bilal'], tags: ['it'] },
      { title: 'Give notice for the parking spaces', priority: 'medium', due: { days: -1 }, who: ['Bilal'] },
      { title: 'Choose plants for the entrance', priority: 'low', who: ['Chiyo'] },
      {
        title: 'Tell the bank, the tax office and the insurer the new address',
        due: { days: 12 },
        remind: 2880,
        who: ['Ana'],
        tags: ['paperwork'],
      },
    ],
  },
  {
    name: 'Spring release',
    key: 'SPR',
    description: 'Version 4 of the booking app.',
    tasks: [
      { title: 'Freeze the list of features', status: 'done', due: { days: -10 }, who: ['Bilal'] },
      {
        title: 'Translate the new screens into Arabic',
        status: 'in_progress',
        priority: 'medium',
        due: { days: 5 },
        who: ['Chiyo'],
        tags: ['i18n'],
      },
      {
        title: 'Fix the calendar on the day the clocks change',
        status: 'blocked',
        priority: 'urgent',
        due: { days: 1 },
        remind: 60,
        who: ['Bilal'],
        tags: ['bug'],
      },
      {
        title: 'Load test with ten thousand bookings',
        priority: 'high',
        due: { days: 7 },
        who: ['Chiyo', 'Ana'],
        tags: ['performance'],
      },
      { title: 'Write the release notes', due: { days: 9 }, who: ['Ana'] },
      {
        title: 'Ask three hotels to try the beta',
        status: 'in_progress',
        priority: 'high',
        due: { days: 3 },
        remind: 1440,
        who: ['Ana', 'Bilal'],
      },
    ],
  },
]
