import type { About, Expectation, Right } from './expectations.ts'

type Details = Partial<Omit<Expectation, 'about' | 'needs' | 'group'>>
type Row = Omit<Expectation, 'group'>

const row =
  (about: About) =>
  (needs: Right | readonly Right[], details: Details = {}): Row => ({
    about,
    needs: typeof needs === 'string' ? [needs] : needs,
    ...details,
  })
const [task, project, template] = [row('task'), row('project'), row('template')]
const [job, member, workspace] = [row('job'), row('member'), row('workspace')]
const [group, notification, webhook] = [row('group'), row('notification'), row('webhook')]

const inGroup = (group: string, rows: Readonly<Record<string, Row>>): Record<string, Expectation> =>
  Object.fromEntries(Object.entries(rows).map(([name, one]) => [name, { ...one, group }]))

/** A template may be meant for any project. */
const fieldsOfAnyProject = { '/tasks/0/customFields/*': 'y', '/fromProjectId': 'project.read' } as const

/** Whoever may have webhooks runs the workspace, with all its projects. */
const ofAnyProject = { '/projectIds/0': 'webhook.create' } as const

/** A job looks at each task when its turn comes, and says then that it is missing. */
const seenLater = {
  '/taskIds/0': 'y',
  '/action/patch/reminders/0/id': 'y',
  '/action/patch/customFields/*': 'y',
} as const

/** Every route of a workspace, and what it needs. One that is missing here fails `complete.test.ts`. */
export const rows: Readonly<Record<string, Expectation>> = {
  ...inGroup('workspaces', {
    getWorkspace: workspace('workspace.read'),
    editWorkspace: workspace('workspace.edit'),
  }),
  ...inGroup('notifications', {
    listNotifications: workspace('workspace.read'),
    listReminders: workspace('workspace.read'),
    markNotificationsRead: workspace('workspace.read'),
    getNotification: notification('notification.own'),
    editNotification: notification('notification.own'),
    previewNotifications: task(['task.edit', 'task.assign'], {
      otherForms: { comment: 'createComment', newTask: 'createTask' },
    }),
    getNotificationPreferences: workspace('workspace.read'),
    editNotificationPreferences: workspace('workspace.read'),
  }),
  ...inGroup('audit', {
    // What somebody has done whom nobody knows is nothing.
    listAudit: workspace('audit.read', { absent: { '/actor': 'y' } }),
    verifyAudit: workspace('audit.read'),
    verifyHistory: workspace('audit.read'),
  }),
  ...inGroup('access', {
    listMembers: workspace('member.read'),
    editMember: member('owner.edit'),
    suspendMember: member('owner.edit'),
    reinstateMember: member('owner.edit'),
    removeMember: member('owner.edit'),
    transferOwnership: member('owner.edit', { spends: true }),
    invite: workspace('member.invite'),
    listInvitations: workspace('member.invite'),
    revokeInvitation: workspace('member.invite'),
    // Only those who look after members learn what others may.
    explainPermissions: workspace('workspace.read', {
      but: {
        manager: 'f',
        member: 'f',
        guest: 'f',
        projectOnly: 'f',
        narrowed: 'f',
        viewShare: 'f',
        editShare: 'f',
      },
      absent: { '/taskId': 'n', '/userId': 'n' },
      // A task has its projects.
      beside: { '/projectId': 'b' },
    }),
    listProjectMembers: project('project.members'),
    setProjectRole: project('project.edit'),
    removeProjectRole: project('project.edit'),
    listGroups: workspace('group.read'),
    createGroup: workspace('group.create'),
    getGroup: group('group.read'),
    editGroup: group('group.edit'),
    deleteGroup: group('group.delete'),
    listGroupMembers: group('group.read'),
    addGroupMember: group('group.edit'),
    removeGroupMember: group('group.edit', { absent: { '/userId': 'y' } }),
    listTaskGroups: task('task.read'),
    shareTask: task('task.share'),
    // Nobody whom it is not shared with loses anything.
    unshareTask: task('task.share', { absent: { '/userId': 'y' } }),
  }),
  ...inGroup('projects', {
    createProject: workspace('project.create'),
    listProjects: workspace('project.read', { but: { projectOnly: 'n', narrowed: 'y' } }),
    getProject: project('project.read'),
    editProject: project('project.edit'),
    getStatistics: workspace('statistics.read'),
    getProjectStatistics: project('project.statistics'),
    createCustomField: project('project.edit'),
    editCustomField: project('project.edit'),
    deleteCustomField: project('project.edit'),
  }),
  ...inGroup('tasks', {
    listChanges: workspace('workspace.read'),
    createLiveTicket: workspace('workspace.read'),
    createTask: project('project.addTask'),
    quickAdd: project('project.addTask'),
    listProjectTasks: project('project.read'),
    // The lists of nobody are empty.
    listAssignedTasks: workspace('workspace.read', { absent: { '/userId': 'member.read' } }),
    listSharedTasks: workspace('workspace.read', { absent: { '/userId': 'member.read' } }),
    getTask: task('task.read'),
    findTask: task('task.read'),
    listTaskHistory: task('task.read'),
    verifyTaskHistory: task('task.read'),
    listOccurrences: task('task.read'),
    listSubtasks: task('task.read'),
    previewRecurrence: workspace('workspace.read'),
    editTask: task(['task.edit', 'task.assign']),
    delegateTask: task('task.assignOthers'),
    completeTask: task('task.complete'),
    deleteTask: task('task.delete'),
    archiveTask: task('task.edit'),
    unarchiveTask: task('task.edit'),
    duplicateTask: task('task.copy'),
    restoreTask: task('task.delete'),
    purgeTask: task('task.purge'),
    undoChange: task('task.edit'),
    setTaskParent: task('task.move'),
    linkTask: task('task.edit'),
    unlinkTask: task('task.edit'),
    // Among tasks of the same board.
    positionTask: task('task.edit', { beside: { '/projectId': 'b', '/after': 'b', '/before': 'b' } }),
    // Into a project of which an insider with a role in the project at hand may not know.
    moveTask: task('task.move', { but: { projectOnly: 'bbn' } }),
    addTaskProject: task('task.move', { but: { projectOnly: 'nnn' } }),
    // The task stands in a second project, where the manager is one.
    removeTaskProject: task('task.move', { but: { projectOnly: 'nnn', narrowed: 'y' } }),
    addWatcher: task('task.edit'),
    removeWatcher: task('task.edit', { absent: { '/userId': 'y' } }),
    addChecklistItem: task('task.edit'),
    editChecklistItem: task('task.edit'),
    deleteChecklistItem: task('task.edit'),
    addTimeEntry: task('task.time', { instead: { '/userId': ['task.time', 'task.timeOfOthers'] } }),
    editTimeEntry: task('task.timeOfOthers', { instead: { '/timeEntryId': ['task.time'] } }),
    deleteTimeEntry: task('task.timeOfOthers', { instead: { '/timeEntryId': ['task.time'] } }),
    startTimer: task('task.time', { spends: true }),
    // Only what runs can be stopped, and that makes a task one's own.
    stopTimer: task('task.time', {
      spends: true,
      but: {
        owner: 'ycc',
        admin: 'ycc',
        manager: 'ycc',
        projectOnly: 'ycn',
        narrowed: 'ync',
        editShare: 'ycn',
        grouped: 'ycn',
      },
    }),
    getTimer: workspace('workspace.read'),
    offerAttachment: task('task.edit'),
    // The ticket is for another one.
    completeAttachment: task('task.edit', { absent: { '/attachmentId': 'b' } }),
    deleteAttachment: task('task.edit'),
    downloadAttachment: task('task.read'),
    createComment: task('comment.read'),
    listComments: task('comment.read'),
    getComment: task('comment.read'),
    // What a group is assigned to is not written by those in it.
    editComment: task('comment.edit', { but: { grouped: 'yfn' } }),
    deleteComment: task('comment.delete', { but: { grouped: 'yfn' } }),
    resolveComment: task('comment.read'),
    reopenComment: task('comment.read'),
    addReaction: task('comment.read'),
    removeReaction: task('comment.read'),
    batchTasks: task(['task.edit', 'task.assign']),
    createJob: workspace('job.create', { absent: seenLater, beside: seenLater }),
    getJob: job('job.read'),
    listJobResults: job('job.read'),
    cancelJob: job('job.cancel'),
    deleteAllTasks: workspace('workspace.deleteTasks'),
  }),
  ...inGroup('templates', {
    listTemplates: workspace('template.read'),
    createTemplate: workspace('template.create', { beside: fieldsOfAnyProject }),
    getTemplate: template('template.read'),
    editTemplate: template('template.edit', { beside: fieldsOfAnyProject }),
    deleteTemplate: template('template.delete'),
    applyTemplate: template('template.use', { but: { narrowed: 'b' } }),
  }),
  ...inGroup('webhooks', {
    createWebhook: workspace('webhook.create', { beside: ofAnyProject }),
    listWebhooks: workspace('webhook.read'),
    getWebhook: webhook('webhook.read'),
    editWebhook: webhook('webhook.edit', { beside: ofAnyProject }),
    deleteWebhook: webhook('webhook.delete'),
    rotateWebhookSecret: webhook('webhook.edit'),
    testWebhook: webhook('webhook.edit'),
    replayWebhook: webhook('webhook.edit'),
    listWebhookDeliveries: webhook('webhook.read'),
    getWebhookDelivery: webhook('webhook.read'),
    retryWebhookDelivery: webhook('webhook.edit'),
  }),
}
