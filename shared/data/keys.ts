/**
 * Keys of the one table.
 *
 * Entity              PK                              SK                    written by
 * ------------------  ------------------------------  --------------------  -------------------------
 * person              USR#{user}                      USR                   account routes
 * session             USR#{user}                      SES#{session}         sign-in, sign-out
 * Cognito's token     USR#{user}                      RFT#{session}         sign-in (sealed refresh token)
 * access token        USR#{user}                      PAT#{00..49}          token routes
 * request that ran    USR#{user}                      IDM#{request}         create workspace, project, invitation
 * exports             USR#{user}                      EXP                   createExport, runJob (its own data)
 * attempts            THR#{hash}                      {purpose}             routes that are throttled
 * suppression         ADR#{hash}                      SUP                   mail events, resumeMail, confirmSignUp
 * workspace           WSP#{w}                         WSP                   workspace routes
 * member              WSP#{w}                         MEM#{user}            workspace routes
 * departure           WSP#{w}                         DEP#{user}            removeMember
 * upkeep              WSP#{w}                         UPK#{task}            stream consumer, cleanUp, reconcileStatistics
 * digests of a member WSP#{w}                         DIG#{user}            stream consumer, sendDigests
 * invitation          WSP#{w}                         INV#{invitation}      invite, accept
 * group               WSP#{w}                         GRP#{group}           group routes
 * names of groups     WSP#{w}                         GROUPS                group routes (uniqueness)
 * end of a group      WSP#{w}                         DEL#{group}           deleteGroup
 * somebody in one     WSP#{w}#GRP#{group}             MEM#{user}            group routes, stream consumer
 * project             WSP#{w}                         PRJ#{project}         project routes
 * project key         WSP#{w}                         KEY#{OPS}             createProject (uniqueness)
 * custom field        WSP#{w}                         FLD#{field}           project routes
 * template            WSP#{w}                         TPL#{template}        template routes
 * timer that runs     WSP#{w}                         RUN#{user}            time routes, stream consumer
 * task                WSP#{w}#TSK#{random}            TSK                   task routes, sweep
 * number of a task    WSP#{w}#PRJ#{project}#NUM       NUM#{0000000042}      createTask (uniqueness)
 * human id of a task  WSP#{w}#KEY#{OPS}               NUM#{0000000042}      stream consumer
 * comment             WSP#{w}#TSK#{random}            CMT#{random}          comment routes
 * history of a task   WSP#{w}#TSK#{task}              HIS#{version}         stream consumer
 * … of its comments   WSP#{w}#TSK#{task}              CMH#{sequence}        stream consumer
 * mark of an event    WSP#{w}#TSK#{task}#EVT#{event}  EVT                   stream consumer (of a comment)
 * link in a list      WSP#{w}#ASG#{user}              TSK#{random}          stream consumer (an assignee's tasks)
 *                     WSP#{w}#GRP#{group}             TSK#{random}          … (the tasks of a group)
 *                     WSP#{w}#SHR#{user}              TSK#{random}          … (tasks shared with somebody)
 *                     WSP#{w}#PRJ#{project}#LNK       TSK#{random}          … (a further project's tasks)
 *                     WSP#{w}#TSK#{task}#SUB          TSK#{random}          … (a task's subtasks)
 *                     WSP#{w}#REM#{user | group}      TSK#{random}          … (open tasks with something to say to them)
 * roll-up             WSP#{w}#TSK#{random}            ROL                   stream consumer (over all below a task)
 * event log           WSP#{w}#LOG#{sequence / 1000}   EVT#{sequence}        stream consumer
 * audit log           WSP#{w}#AUD                     AUD#{time}#{sequence} stream consumer
 * mark of an event    WSP#{w}#AUD#{event}             AUD                   stream consumer
 * sequence            WSP#{w}                         SEQ                   stream consumer
 * structure           WSP#{w}                         STRUCTURE             parent and link routes (their order)
 * statistics          WSP#{w}                         STA / STA#{project}   stream consumer
 * notice (ledger)     WSP#{w}#NTF#{user} | USR#{user} NTF#{notice}          notification worker, inbox routes
 * mail that waits     WSP#{w}#NTF#{user}              OUT#{instant}         notification worker
 * preferences         WSP#{w}                         PRF#{user}            editNotificationPreferences
 * live connection     WSP#{w}#CON                     CON#{user}#{id}       liveConnect, liveMessage
 * turn to send        WSP#{w}#CON                     TRN                   followLog
 * whose it is         CON#{id}                        CON                   liveConnect, liveMessage
 * used ticket         CON#{ticket}                    TKT                   liveConnect
 * job                 WSP#{w}#JOB#{random}            JOB                   createJob, deleteAllTasks
 * progress of a job   WSP#{w}#JOB#{random}            RUN                   the same, runJob, cancelJob
 * listing of a job    WSP#{w}#JOB#{random}            LST                   deleteAllTasks, runJob
 * chunk of a job      WSP#{w}#JOB#{random}            CHK#{0000000001}      createJob, runJob
 * webhook             WSP#{w}                         WHK#{00..09}          webhook routes, deliverWebhook
 * its failures        WSP#{w}                         WHK#{00..09}#BAD      deliverWebhook
 * delivery            WSP#{w}#WHK#{webhook}           DLV#{delivery}        deliverWebhook, retry and test routes
 * replay              WSP#{w}#WHK#{webhook}           RPL#{replay}          replayWebhook
 *
 * Access pattern                          served by
 * --------------------------------------  -----------------------------------------------------------
 * caller: session, person, member         BatchGetItem, together with the target of the request
 * anything by id                          the same BatchGetItem
 * caller by a token, my tokens            the same BatchGetItem; Query PK, SK begins with PAT#
 * members, groups, projects of a workspace Query PK, SK begins with MEM# / GRP# / PRJ#
 * who is in a group                       Query PK, SK begins with MEM#
 * my workspaces                           Query byPerson  person = USR#{user}, key begins with WSP#
 * my sessions, newest first               Query byPerson  person = USR#{user}, key begins with SES#, descending
 * open invitations to an address          Query byPerson  person = ADR#{hash of the address}
 * all that lies under a person            Query PK
 * tasks of a project, by status           Query byDue | byPriority | byCreated | byUpdated | byRank
 * tasks of an assignee, by status         the same indexes, over the links
 * subtasks of a task                      Query PK (strong), or the same indexes over the links
 * what is scheduled for me                Query PK (strong), of the person and of each of their groups
 * last number of a project                Query PK = …#NUM, descending, one item
 * task by its human id                    BatchGetItem of the link that the consumer wrote
 * comments of a task, newest first        Query byPerson  person = WSP#{w}#TSK#{task}#CMT, descending
 * all comments of a task                  Query PK, SK begins with CMT#
 * history of a task, newest first         Query PK, SK begins with HIS#, descending; the same with CMH#
 * log in the order of its numbers         Query PK per thousand numbers
 * audit log, newest first                 Query PK, descending; in the order of the chain to verify it
 * my notices, newest first                Query PK, SK begins with NTF#, descending
 * what tasks have to say, due digests, mails that have waited
 *                                         Query byReminder per shard, key <= now
 * a job, its progress, its results        BatchGetItem of job, progress and two chunks
 * webhooks of a workspace                 Query PK, SK begins with WHK#
 * deliveries of one, newest first         Query PK, SK begins with DLV#, descending
 * deliveries that are due                 Query byReminder per shard, key <= now
 * live connections to a workspace         Query PK, SK begins with CON#; with the person, those of one member
 * live connections of a person            Query byPerson  person = USR#{user}, key begins with CON#
 * whether mails go to an address          BatchGetItem
 * attempts that are left                  UpdateItem of one item, before the attempt
 *
 * Every key of a tenant's item begins with its workspace; a child's key holds its parent. Of a live connection the
 * gateway tells no more than its id: the item that says whose it is lies under that alone.
 * The part {random} of a task id is the part that an Idempotency-Key determines (see `domain/ids.ts`). History
 * stands under the whole id {task}: it outlives its task, whose key a repeated request may then use again.
 */
import { createHash } from 'node:crypto'
import type { LifeState, Status } from '../api/schemas/task.ts'
import { makeId, randomPartOf } from '../domain/ids.ts'
import type { ListOwner } from '../domain/ports.ts'

export interface Key {
  readonly PK: string
  readonly SK: string
}

const workspacePk = (workspaceId: string) => `WSP#${workspaceId}`
const padded = (number: number) => String(number).padStart(10, '0')

export const personKey = (userId: string): Key => ({ PK: `USR#${userId}`, SK: 'USR' })
export const sessionKey = (userId: string, sessionId: string): Key => ({
  PK: `USR#${userId}`,
  SK: `SES#${sessionId}`,
})

export const sessionPrefix = 'SES#'

/** Cognito's refresh token of a session. Apart from it: that one is read with each request and stands in an index. */
export const poolTokenKey = (userId: string, sessionId: string): Key => ({
  PK: `USR#${userId}`,
  SK: `RFT#${sessionId}`,
})

/** One of the places a person has for personal access tokens: there are never more tokens than places. */
export const tokenKey = (userId: string, slot: number): Key => ({
  PK: `USR#${userId}`,
  SK: `PAT#${String(slot).padStart(2, '0')}`,
})
export const tokenPrefix = 'PAT#'

/** A creation that ran under an Idempotency-Key, with what it made. */
export const requestKey = (userId: string, request: string): Key => ({
  PK: `USR#${userId}`,
  SK: `IDM#${request}`,
})

/** All exports that a person has asked for of late. */
export const exportsKey = (userId: string): Key => ({ PK: `USR#${userId}`, SK: 'EXP' })

/** Under which an invitation is found by the address that may accept it. */
export const addressPk = (email: string): string => `ADR#${addressHash(email)}`

/** The table says no addresses where a hash will do. */
export const addressHash = (email: string): string => createHash('sha256').update(email).digest('base64url')

/** Why no mails go to an address, of which the hash does not say which it is. */
export const suppressionKey = (hash: string): Key => ({ PK: `ADR#${hash}`, SK: 'SUP' })

/** Attempts by an account or an address, of which the hash says neither, at something of one purpose. */
export const throttleKey = (hash: string, purpose: string): Key => ({ PK: `THR#${hash}`, SK: purpose })

export const workspaceKey = (w: string): Key => ({ PK: workspacePk(w), SK: 'WSP' })
export const memberKey = (w: string, userId: string): Key => ({ PK: workspacePk(w), SK: `MEM#${userId}` })
/** Of members, and of who is in a group. */
export const memberPrefix = 'MEM#'
/** Who has last put somebody out of the workspace: the stream shows of a deletion only what there was. */
export const departureKey = (w: string, userId: string): Key => ({
  PK: workspacePk(w),
  SK: `DEP#${userId}`,
})
/** When something is to be done for a workspace again. */
export const upkeepKey = (w: string, task: string): Key => ({ PK: workspacePk(w), SK: `UPK#${task}` })
/** When a member gets the next summary of the workspace. */
export const digestKey = (w: string, userId: string): Key => ({ PK: workspacePk(w), SK: `DIG#${userId}` })
export const invitationKey = (w: string, id: string): Key => ({ PK: workspacePk(w), SK: `INV#${id}` })
/** Does not begin as the key of a group does. */
export const groupNamesKey = (w: string): Key => ({ PK: workspacePk(w), SK: 'GROUPS' })
export const groupKey = (w: string, groupId: string): Key => ({ PK: workspacePk(w), SK: `GRP#${groupId}` })
/** Who has deleted a group: the stream shows of a deletion only what there was. */
export const groupDeletionKey = (w: string, groupId: string): Key => ({
  PK: workspacePk(w),
  SK: `DEL#${groupId}`,
})
const groupPk = (w: string, groupId: string): string => `${workspacePk(w)}#GRP#${groupId}`
export const groupMemberKey = (w: string, groupId: string, userId: string): Key => ({
  PK: groupPk(w, groupId),
  SK: `MEM#${userId}`,
})
export const projectKeyOf = (w: string, projectId: string): Key => ({
  PK: workspacePk(w),
  SK: `PRJ#${projectId}`,
})
export const projectNameKey = (w: string, key: string): Key => ({ PK: workspacePk(w), SK: `KEY#${key}` })
export const customFieldKey = (w: string, fieldId: string): Key => ({
  PK: workspacePk(w),
  SK: `FLD#${fieldId}`,
})
export const templateKey = (w: string, templateId: string): Key => ({
  PK: workspacePk(w),
  SK: `TPL#${templateId}`,
})
/** Slot for the timer of a person that runs. */
export const timerKey = (w: string, userId: string): Key => ({ PK: workspacePk(w), SK: `RUN#${userId}` })
export const sequenceKey = (w: string): Key => ({ PK: workspacePk(w), SK: 'SEQ' })
export const structureKey = (w: string): Key => ({ PK: workspacePk(w), SK: 'STRUCTURE' })
export const statisticsKey = (w: string, projectId?: string): Key => ({
  PK: workspacePk(w),
  SK: projectId === undefined ? 'STA' : `STA#${projectId}`,
})

const taskPk = (w: string, taskId: string): string => `${workspacePk(w)}#TSK#${randomPartOf(taskId)}`
export const taskKeyOf = (w: string, taskId: string): Key => ({ PK: taskPk(w, taskId), SK: 'TSK' })
export const historyPk = (w: string, taskId: string): string => `${workspacePk(w)}#TSK#${taskId}`
export const historyKey = (w: string, taskId: string, version: number): Key => ({
  PK: historyPk(w, taskId),
  SK: `HIS#${padded(version)}`,
})
export const commentPrefix = 'CMT#'
export const commentKey = (w: string, taskId: string, commentId: string): Key => ({
  PK: taskPk(w, taskId),
  SK: `${commentPrefix}${randomPartOf(commentId)}`,
})
/** Under which the comments of a task lie by their time. */
export const commentsPk = (w: string, taskId: string): string => `${historyPk(w, taskId)}#CMT`
export const commentEventKey = (w: string, taskId: string, sequence: number): Key => ({
  PK: historyPk(w, taskId),
  SK: `CMH#${padded(sequence)}`,
})
/** Says that an event of a comment has its number. */
export const commentMarkKey = (w: string, taskId: string, eventId: string): Key => ({
  PK: `${historyPk(w, taskId)}#EVT#${eventId}`,
  SK: 'EVT',
})
export const numberPk = (w: string, projectId: string): string => `${workspacePk(w)}#PRJ#${projectId}#NUM`
export const numberKey = (w: string, projectId: string, number: number): Key => ({
  PK: numberPk(w, projectId),
  SK: `NUM#${padded(number)}`,
})
/** Link from a human id, `OPS-42`, to its task. */
export const humanIdKey = (w: string, humanId: string): Key => {
  const [projectKey = '', number = ''] = humanId.split('-')
  return { PK: `${workspacePk(w)}#KEY#${projectKey}`, SK: `NUM#${padded(Number(number))}` }
}
export const rollupKey = (w: string, taskId: string): Key => ({ PK: taskPk(w, taskId), SK: 'ROL' })

const listOwnerPk = (w: string, owner: ListOwner): string => {
  if ('assigneeId' in owner) return `${workspacePk(w)}#ASG#${owner.assigneeId}`
  if ('groupId' in owner) return groupPk(w, owner.groupId)
  if ('sharedWith' in owner) return `${workspacePk(w)}#SHR#${owner.sharedWith}`
  if ('projectId' in owner) return `${workspacePk(w)}#PRJ#${owner.projectId}`
  return `${workspacePk(w)}#TSK#${owner.parentId}#SUB`
}
/** Partition of the links of an owner. */
export const linkPk = (w: string, owner: ListOwner): string =>
  'projectId' in owner ? `${listOwnerPk(w, owner)}#LNK` : listOwnerPk(w, owner)
export const linkKey = (w: string, owner: ListOwner, taskId: string): Key => ({
  PK: linkPk(w, owner),
  SK: `TSK#${randomPartOf(taskId)}`,
})

/** Partition of the tasks that have something to say to a person or to a group. */
export const remindedPk = (w: string, remindedId: string): string => `${workspacePk(w)}#REM#${remindedId}`
export const remindedKey = (w: string, remindedId: string, taskId: string): Key => ({
  PK: remindedPk(w, remindedId),
  SK: `TSK#${randomPartOf(taskId)}`,
})

const logBucketSize = 1000
export const eventPrefix = 'EVT#'
export const eventKey = (w: string, sequence: number): Key => ({
  PK: `${workspacePk(w)}#LOG#${Math.floor(sequence / logBucketSize)}`,
  SK: `${eventPrefix}${padded(sequence)}`,
})
export const auditPk = (w: string): string => `${workspacePk(w)}#AUD`
/** Lies before all entries of an instant, and of later ones. */
export const auditBound = (instant: string): string => `AUD#${instant}`
/** A line of the audit log. Their times never go back, so that lines lie in the order of their numbers. */
export const auditKey = (w: string, orderedAt: string, sequence: number): Key => ({
  PK: auditPk(w),
  SK: `${auditBound(orderedAt)}#${padded(sequence)}`,
})
/** Says that an event stands in the audit log. */
export const auditMarkKey = (w: string, eventId: string): Key => ({
  PK: `${auditPk(w)}#${eventId}`,
  SK: 'AUD',
})
/** Whom a notice is for, and of which workspace it is: an invitation has no person yet, a welcome no workspace. */
export interface NoticeOwner {
  readonly workspaceId: string | null
  readonly userId: string | null
}
/** Notices of a workspace lie under it, those of each person by themselves; those of no workspace under the person. */
export const noticePk = ({ workspaceId, userId }: NoticeOwner): string => {
  if (workspaceId === null) return `USR#${userId}`
  return `${workspacePk(workspaceId)}#NTF${userId === null ? '' : `#${userId}`}`
}
export const noticePrefix = 'NTF#'
export const noticeKey = (owner: NoticeOwner, noticeId: string): Key => ({
  PK: noticePk(owner),
  SK: `${noticePrefix}${noticeId}`,
})

export const connectionsPk = (w: string): string => `${workspacePk(w)}#CON`
export const connectionPrefix = 'CON#'
export const connectionKey = (w: string, userId: string, connectionId: string): Key => ({
  PK: connectionsPk(w),
  SK: `${connectionPrefix}${userId}#${connectionId}`,
})
/** Says when the next frames may go out to a workspace. */
export const turnKey = (w: string): Key => ({ PK: connectionsPk(w), SK: 'TRN' })
/** The gateway names a connection, and nothing else of it, with what comes from there. */
export const pointerKey = (connectionId: string): Key => ({ PK: `CON#${connectionId}`, SK: 'CON' })
export const usedTicketKey = (ticketId: string): Key => ({ PK: `CON#${ticketId}`, SK: 'TKT' })
/** Lies before all notices of an instant, and of later ones. */
export const noticeBound = (instant: string): string =>
  `${noticePrefix}${makeId('notification', Date.parse(instant), new Uint8Array(10))}`
/** Notices of a person that are mailed together. */
export const waitingMailKey = (w: string, userId: string, at: string): Key => ({
  PK: noticePk({ workspaceId: w, userId }),
  SK: `OUT#${at}`,
})
export const preferencesKey = (w: string, userId: string): Key => ({
  PK: workspacePk(w),
  SK: `PRF#${userId}`,
})

const jobPk = (w: string, jobId: string): string => `${workspacePk(w)}#JOB#${randomPartOf(jobId)}`
export const jobKey = (w: string, jobId: string): Key => ({ PK: jobPk(w, jobId), SK: 'JOB' })
export const jobProgressKey = (w: string, jobId: string): Key => ({ PK: jobPk(w, jobId), SK: 'RUN' })
export const jobListingKey = (w: string, jobId: string): Key => ({ PK: jobPk(w, jobId), SK: 'LST' })
export const jobChunkKey = (w: string, jobId: string, number: number): Key => ({
  PK: jobPk(w, jobId),
  SK: `CHK#${padded(number)}`,
})

const webhookPrefix = 'WHK#'
const webhookSk = (slot: number): string => `${webhookPrefix}${String(slot).padStart(2, '0')}`
/** One of the places a workspace has for webhooks: there are never more webhooks than places. */
export const webhookKey = (w: string, slot: number): Key => ({ PK: workspacePk(w), SK: webhookSk(slot) })
/** Since when deliveries of it fail: apart from it, so that this is no change of the webhook. */
export const webhookFailuresKey = (w: string, slot: number): Key => ({
  PK: workspacePk(w),
  SK: `${webhookSk(slot)}#BAD`,
})
/** Webhooks of a workspace and their failures. */
export const webhookRange = (w: string) => ({ pk: workspacePk(w), prefix: webhookPrefix })
const webhookPk = (w: string, webhookId: string): string => `${workspacePk(w)}#WHK#${webhookId}`
export const deliveryPrefix = 'DLV#'
export const deliveryKey = (w: string, webhookId: string, deliveryId: string): Key => ({
  PK: webhookPk(w, webhookId),
  SK: `${deliveryPrefix}${deliveryId}`,
})
export const replayKey = (w: string, webhookId: string, replayId: string): Key => ({
  PK: webhookPk(w, webhookId),
  SK: `RPL#${replayId}`,
})

/** Partition of a task list: one for each status, and for each again in the archive and in the trash. */
export const listPk = (w: string, owner: ListOwner, life: LifeState, status: Status): string =>
  `${listOwnerPk(w, owner)}#${life === 'active' ? '' : `${life}#`}${status}`

/**
 * What has a time at which something is due: tasks (reminders and the like), mails that wait to be sent together,
 * digests, upkeep of workspaces and counting anew, deliveries of webhooks. Those of all workspaces are spread over so many partitions.
 */
const timed = { REM: 16, OUT: 4, DIG: 4, UPK: 4, REC: 4, DLV: 4 } as const
export type Timed = keyof typeof timed
/** Partitions of the time index (`byReminder`) that things of one sort lie in. */
export const timeShards = (sort: Timed): string[] =>
  Array.from({ length: timed[sort] }, (_, n) => `${sort}#${padded(n)}`)
export const timeShardOf = (sort: Timed, id: string): string => {
  const [first = 0] = createHash('sha256').update(id).digest()
  return `${sort}#${padded(first % timed[sort])}`
}
