import * as explain from '../../shared/domain/access/useExplain.ts'
import * as projectRoles from '../../shared/domain/access/useProjectRoles.ts'
import * as passwords from '../../shared/domain/account/passwords.ts'
import * as profile from '../../shared/domain/account/profile.ts'
import * as refresh from '../../shared/domain/account/refresh.ts'
import * as resumeMail from '../../shared/domain/account/resumeMail.ts'
import * as signIn from '../../shared/domain/account/signIn.ts'
import * as signOut from '../../shared/domain/account/signOut.ts'
import * as signUp from '../../shared/domain/account/signUp.ts'
import * as deletion from '../../shared/domain/account/useDeletion.ts'
import * as exports from '../../shared/domain/account/useExports.ts'
import * as mfa from '../../shared/domain/account/useMfa.ts'
import * as sessions from '../../shared/domain/account/useSessions.ts'
import * as attachments from '../../shared/domain/attachments/useAttachments.ts'
import * as audit from '../../shared/domain/audit/useAudit.ts'
import * as verification from '../../shared/domain/audit/useVerification.ts'
import * as wholeVerification from '../../shared/domain/audit/useWholeVerification.ts'
import * as createComment from '../../shared/domain/comments/createComment.ts'
import * as comments from '../../shared/domain/comments/useComments.ts'
import * as reactions from '../../shared/domain/comments/useReactions.ts'
import * as threads from '../../shared/domain/comments/useThreads.ts'
import * as groupMembers from '../../shared/domain/groups/useGroupMembers.ts'
import * as groups from '../../shared/domain/groups/useGroups.ts'
import * as taskGroups from '../../shared/domain/groups/useTaskGroups.ts'
import * as batchTasks from '../../shared/domain/jobs/batchTasks.ts'
import * as createJob from '../../shared/domain/jobs/createJob.ts'
import * as deleteAllTasks from '../../shared/domain/jobs/deleteAllTasks.ts'
import * as jobs from '../../shared/domain/jobs/useJob.ts'
import * as changes from '../../shared/domain/live/useChanges.ts'
import * as liveTickets from '../../shared/domain/live/useTickets.ts'
import * as inbox from '../../shared/domain/notices/useInbox.ts'
import * as preferences from '../../shared/domain/notices/usePreferences.ts'
import * as noticePreview from '../../shared/domain/notices/usePreview.ts'
import { unsubscribe } from '../../shared/domain/notices/useUnsubscribe.ts'
import * as customFields from '../../shared/domain/projects/useCustomFields.ts'
import * as projects from '../../shared/domain/projects/useProject.ts'
import * as quickAdd from '../../shared/domain/quickAdd/useQuickAdd.ts'
import * as recurrence from '../../shared/domain/recurrence/usePreview.ts'
import * as reminders from '../../shared/domain/reminders/useReminders.ts'
import * as createTask from '../../shared/domain/tasks/createTask.ts'
import * as duplicate from '../../shared/domain/tasks/duplicate.ts'
import * as listTasks from '../../shared/domain/tasks/listTasks.ts'
import * as checklist from '../../shared/domain/tasks/useChecklist.ts'
import * as delegation from '../../shared/domain/tasks/useDelegation.ts'
import * as history from '../../shared/domain/tasks/useHistory.ts'
import * as historyVerification from '../../shared/domain/tasks/useHistoryVerification.ts'
import * as life from '../../shared/domain/tasks/useLife.ts'
import * as links from '../../shared/domain/tasks/useLinks.ts'
import * as parent from '../../shared/domain/tasks/useParent.ts'
import * as position from '../../shared/domain/tasks/usePosition.ts'
import * as taskProjects from '../../shared/domain/tasks/useProjects.ts'
import * as shares from '../../shared/domain/tasks/useShares.ts'
import * as tasks from '../../shared/domain/tasks/useTask.ts'
import * as timeEntries from '../../shared/domain/tasks/useTimeEntries.ts'
import * as timer from '../../shared/domain/tasks/useTimer.ts'
import * as undo from '../../shared/domain/tasks/useUndo.ts'
import * as watchers from '../../shared/domain/tasks/useWatchers.ts'
import * as applyTemplate from '../../shared/domain/templates/applyTemplate.ts'
import * as createTemplate from '../../shared/domain/templates/createTemplate.ts'
import * as templates from '../../shared/domain/templates/useTemplates.ts'
import * as tokens from '../../shared/domain/tokens/useTokens.ts'
import * as createWebhook from '../../shared/domain/webhooks/createWebhook.ts'
import * as deliveries from '../../shared/domain/webhooks/useDeliveries.ts'
import * as webhooks from '../../shared/domain/webhooks/useWebhooks.ts'
import * as invitations from '../../shared/domain/workspaces/useInvitations.ts'
import * as members from '../../shared/domain/workspaces/useMembers.ts'
import * as openInvitations from '../../shared/domain/workspaces/useOpenInvitations.ts'
import * as standing from '../../shared/domain/workspaces/useStanding.ts'
import * as workspaces from '../../shared/domain/workspaces/useWorkspace.ts'

/** Use cases by the names of their routes. */
export const useCases: Record<string, unknown> = {
  ...explain,
  ...audit,
  ...verification,
  ...wholeVerification,
  ...historyVerification,
  ...projectRoles,
  ...signUp,
  ...signIn,
  ...refresh,
  ...signOut,
  ...sessions,
  ...deletion,
  ...exports,
  ...passwords,
  ...mfa,
  ...tokens,
  ...inbox,
  ...reminders,
  ...noticePreview,
  ...preferences,
  unsubscribe,
  ...resumeMail,
  ...profile,
  ...projects,
  ...customFields,
  ...createTask,
  ...listTasks,
  ...tasks,
  ...history,
  ...quickAdd,
  ...recurrence,
  ...parent,
  ...position,
  ...taskProjects,
  ...links,
  ...delegation,
  ...shares,
  ...life,
  ...duplicate,
  ...undo,
  ...checklist,
  ...timer,
  ...timeEntries,
  ...watchers,
  ...attachments,
  ...createComment,
  ...comments,
  ...threads,
  ...reactions,
  ...batchTasks,
  ...createJob,
  ...deleteAllTasks,
  ...jobs,
  ...changes,
  ...liveTickets,
  ...createTemplate,
  ...templates,
  ...applyTemplate,
  ...invitations,
  ...openInvitations,
  ...members,
  ...groups,
  ...groupMembers,
  ...taskGroups,
  ...standing,
  ...workspaces,
  ...createWebhook,
  ...webhooks,
  ...deliveries,
}
