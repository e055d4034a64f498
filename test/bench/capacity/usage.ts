import { queueNames } from '../../../shared/api/declaration.ts'

/**
 * What one active user does in a month of 22 working days, as calls of the routes, notices and so on.
 * Assumed, not measured; everything they cost is.
 */
const days = 22

export const callsPerMonth: Readonly<Record<string, number>> = {
  signUp: 0.05,
  confirmSignUp: 0.05,
  resendCode: 0.01,
  signIn: 2,
  // Access tokens live 15 minutes.
  refresh: 10 * days,
  signOut: 1,
  signOutEverywhere: 0.02,
  listSessions: 0.2,
  endSession: 0.05,
  endOtherSessions: 0.02,
  changePassword: 0.02,
  getMfa: 0.1,
  enrolTotp: 0.02,
  confirmTotp: 0.02,
  renewRecoveryCodes: 0.01,
  disableTotp: 0.01,
  forgotPassword: 0.05,
  resetPassword: 0.05,
  getMe: 2 * days,
  editMe: 0.1,
  resumeMail: 0.002,
  createExport: 0.02,
  getExport: 0.1,
  deleteMe: 0.005,
  createToken: 0.1,
  listTokens: 0.2,
  getToken: 0.02,
  revokeToken: 0.05,
  listNotifications: 5 * days,
  getNotification: 0.2,
  editNotification: 3 * days,
  markNotificationsRead: 0.2 * days,
  getNotificationPreferences: 0.1,
  editNotificationPreferences: 0.1,
  getUnsubscribe: 0.02,
  unsubscribe: 0.02,
  createWorkspace: 0.02,
  listWorkspaces: 2 * days,
  getWorkspace: days,
  editWorkspace: 0.02,
  listMembers: days,
  editMember: 0.02,
  suspendMember: 0.01,
  reinstateMember: 0.005,
  removeMember: 0.02,
  transferOwnership: 0.001,
  listProjectMembers: 0.2,
  setProjectRole: 0.05,
  removeProjectRole: 0.01,
  explainPermissions: 0.05,
  listAudit: 0.1,
  listChanges: 4 * days,
  verifyAudit: 0.02,
  invite: 0.05,
  listInvitations: 0.1,
  revokeInvitation: 0.005,
  getInvitation: 0.05,
  acceptInvitation: 0.05,
  createGroup: 0.01,
  listGroups: days,
  getGroup: 0.2,
  editGroup: 0.005,
  deleteGroup: 0.005,
  listGroupMembers: 0.5,
  addGroupMember: 0.1,
  removeGroupMember: 0.05,
  listTaskGroups: 0.5,
  createProject: 0.1,
  listProjects: 2 * days,
  getProject: 2 * days,
  editProject: 0.1,
  getStatistics: days,
  getProjectStatistics: days,
  createTask: 2 * days,
  listProjectTasks: 10 * days,
  listAssignedTasks: 8 * days,
  getTask: 15 * days,
  findTask: 0.5 * days,
  editTask: 5 * days,
  delegateTask: 0.1 * days,
  shareTask: 0.1,
  unshareTask: 0.02,
  listSharedTasks: 0.5,
  completeTask: 1.5 * days,
  deleteTask: 0.1 * days,
  listTaskHistory: days,
  quickAdd: days,
  previewRecurrence: 1,
  listOccurrences: 1,
  archiveTask: 0.2 * days,
  unarchiveTask: 0.1,
  restoreTask: 0.5,
  purgeTask: 0.1,
  undoChange: 0.2 * days,
  duplicateTask: 1,
  listTemplates: 2,
  getTemplate: 1,
  createTemplate: 0.1,
  editTemplate: 0.1,
  deleteTemplate: 0.02,
  applyTemplate: 1,
  listSubtasks: 3 * days,
  setTaskParent: 0.2 * days,
  linkTask: 0.2 * days,
  unlinkTask: 1,
  positionTask: 3 * days,
  moveTask: 2,
  addTaskProject: 1,
  removeTaskProject: 0.2,
  addChecklistItem: 1.5 * days,
  editChecklistItem: 2 * days,
  deleteChecklistItem: 0.2 * days,
  startTimer: days,
  stopTimer: days,
  getTimer: 2 * days,
  addTimeEntry: 0.5 * days,
  editTimeEntry: 2,
  deleteTimeEntry: 0.5,
  addWatcher: 0.2 * days,
  removeWatcher: 1,
  createCustomField: 0.05,
  editCustomField: 0.05,
  deleteCustomField: 0.02,
  offerAttachment: 0.3 * days,
  completeAttachment: 0.3 * days,
  downloadAttachment: 0.5 * days,
  deleteAttachment: 0.5,
  batchTasks: days,
  createJob: 0.2,
  getJob: 2,
  listJobResults: 0.2,
  cancelJob: 0.01,
  deleteAllTasks: 0.01,
}

export const noticesPerMonth = {
  assigned: days,
  bulk: 0.5,
  reminder: days,
  welcome: 0.05,
  mfa: 0.05,
  invited: 0.05,
} as const

/** Months of tasks that the table holds. */
export const monthsKept = 12

/** Every user count that the report shows. */
export const userCounts = [0, 10, 1_000, 100_000, 10_000_000] as const

/** Billed milliseconds of a function, start-ups spread over its calls included. */
export const assumedMilliseconds = { base: 15, roundTrip: 8, identity: 150, mail: 60, queue: 15 } as const

/** Bytes that a call leaves in logs beside our own line: Lambda's lines, the gateway's access line, CloudWatch's overhead. */
export const assumedLogBytes = { platform: 400, gateway: 400, overhead: 130 } as const

/** Bytes of a reply's headers. */
export const assumedHeaderBytes = 700

const daysOfMonth = 30.4
export const minutesOfMonth = daysOfMonth * 24 * 60
/** Lambda keeps five long polls of 20 seconds open on each queue that is empty. */
export const emptyPollsOfMonth = queueNames.length * 5 * 3 * minutesOfMonth
