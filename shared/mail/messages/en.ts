import type { Messages } from './messages.ts'

export const en: Messages = {
  greeting: 'Hello {name},',
  plainGreeting: 'Hello,',
  fact: '{label}: {value}',
  somebody: 'Somebody',
  unnamed: 'Unnamed',
  task: 'Task',
  project: 'Project',
  workspace: 'Workspace',
  due: 'Due',
  remindAt: 'Reminder set for',
  lateBy: 'Late by',
  assignedBy: 'Assigned by',
  invitedBy: 'Invited by',
  role: 'Role',
  expires: 'Valid until',
  openTask: 'Open the task',
  assignedSubject: '{actor} assigned {key} to you: {title}',
  assignedIntro: '{actor} assigned a task to you.',
  assignedReason: 'You get this mail because the task was assigned to you.',
  bulkSubject: '{actor} assigned tasks to you ({count})',
  bulkIntro: '{actor} assigned tasks to you, all in one go.',
  taskCount: 'Number of tasks',
  bulkAction: 'Open the workspace',
  bulkReason: 'You get this mail because tasks were assigned to you.',
  reminderSubject: 'Reminder: {title} ({key})',
  reminderIntro: 'Here is the reminder of this task.',
  reminderReason: 'You get this mail because a reminder is set on the task.',
  lateSubject: 'Late reminder: {title} ({key})',
  lateNotice: 'This reminder is late. It was set for {time}. Delay: {duration}.',
  welcomeSubject: 'Welcome to Duely',
  welcomeIntro: 'Your address is confirmed and your account is ready.',
  welcomeAction: 'Open Duely',
  welcomeReason: 'You get this mail because an account was opened with this address.',
  farewellSubject: 'Your account was deleted',
  farewellIntro:
    'Your account at Duely was deleted, with everything that belonged to it alone. Tasks stay with your teams, without your name.',
  farewellReason:
    'You get this last mail because the account with this address was deleted. The address may open a new one at any time.',
  mfaAt: 'When',
  mfaCodesLeft: 'Recovery codes left',
  mfaReason:
    'You get this mail because the security of your account changed. If it was not you: reset your password, then sign out everywhere.',
  mfa: {
    enabled: {
      subject: 'Two-step sign-in is on',
      intro:
        'From now on, signing in to your account takes a code of your authenticator app as well as your password.',
    },
    disabled: {
      subject: 'Two-step sign-in is off',
      intro: 'From now on, signing in to your account takes your password alone.',
    },
    recoveryCodeUsed: {
      subject: 'A recovery code was used',
      intro:
        'Somebody proved to be you with a recovery code in place of your authenticator app. That code is used up. If you have lost the app, switch two-step sign-in off and enrol another.',
    },
    recoveryCodesRenewed: {
      subject: 'You have new recovery codes',
      intro: 'New recovery codes were made for your account. Those from before do not work any more.',
    },
  },
  invitedSubject: '{actor} invites you to {workspace}',
  invitedIntro: '{actor} invites you to work together in {workspace}.',
  invitedAction: 'See the invitation',
  invitedReason: 'If you do not know who invites you, ignore this mail: nothing happens without you.',
  roles: { owner: 'Owner', admin: 'Administrator', manager: 'Manager', member: 'Member', guest: 'Guest' },
}
