import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { routes } from '../../../shared/api/routes.ts'
import * as keys from '../../../shared/data/keys.ts'
import { tableDefinition } from '../../../shared/data/table.ts'
import { routeChart } from './routeChart.ts'

const file = new URL('../../../docs/data-model.md', import.meta.url)
const page = readFileSync(file, 'utf8')
/** Without the spaces that line up the columns. */
const rows = page.replace(/ +\|/g, ' |')

/** One key of each kind, built as the code builds it. */
const examples: Record<string, readonly keys.Key[]> = {
  personKey: [keys.personKey('{user}')],
  sessionKey: [keys.sessionKey('{user}', '{session}')],
  poolTokenKey: [keys.poolTokenKey('{user}', '{session}')],
  tokenKey: [keys.tokenKey('{user}', 7)],
  exportsKey: [keys.exportsKey('{user}')],
  requestKey: [keys.requestKey('{user}', '{request}')],
  suppressionKey: [keys.suppressionKey('{hash}')],
  throttleKey: [keys.throttleKey('{hash}', '{purpose}')],
  workspaceKey: [keys.workspaceKey('{w}')],
  memberKey: [keys.memberKey('{w}', '{user}')],
  departureKey: [keys.departureKey('{w}', '{user}')],
  upkeepKey: [keys.upkeepKey('{w}', '{task}')],
  digestKey: [keys.digestKey('{w}', '{user}')],
  invitationKey: [keys.invitationKey('{w}', '{invitation}')],
  groupKey: [keys.groupKey('{w}', '{group}')],
  groupDeletionKey: [keys.groupDeletionKey('{w}', '{group}')],
  groupNamesKey: [keys.groupNamesKey('{w}')],
  groupMemberKey: [keys.groupMemberKey('{w}', '{group}', '{user}')],
  projectKeyOf: [keys.projectKeyOf('{w}', '{project}')],
  projectNameKey: [keys.projectNameKey('{w}', '{OPS}')],
  customFieldKey: [keys.customFieldKey('{w}', '{field}')],
  templateKey: [keys.templateKey('{w}', '{template}')],
  timerKey: [keys.timerKey('{w}', '{user}')],
  taskKeyOf: [keys.taskKeyOf('{w}', '{task}')],
  numberKey: [keys.numberKey('{w}', '{project}', 42)],
  humanIdKey: [keys.humanIdKey('{w}', 'OPS-42')],
  historyKey: [keys.historyKey('{w}', '{task}', 3)],
  commentKey: [keys.commentKey('{w}', '{task}', '{comment}')],
  commentEventKey: [keys.commentEventKey('{w}', '{task}', 1234)],
  commentMarkKey: [keys.commentMarkKey('{w}', '{task}', '{event}')],
  linkKey: [
    keys.linkKey('{w}', { assigneeId: '{user}' }, '{task}'),
    keys.linkKey('{w}', { groupId: '{group}' }, '{task}'),
    keys.linkKey('{w}', { projectId: '{project}' }, '{task}'),
    keys.linkKey('{w}', { parentId: '{parent}' }, '{task}'),
  ],
  remindedKey: [keys.remindedKey('{w}', '{user}', '{task}')],
  rollupKey: [keys.rollupKey('{w}', '{task}')],
  connectionKey: [keys.connectionKey('{w}', '{user}', '{id}')],
  turnKey: [keys.turnKey('{w}')],
  pointerKey: [keys.pointerKey('{id}')],
  usedTicketKey: [keys.usedTicketKey('{ticket}')],
  eventKey: [keys.eventKey('{w}', 1234)],
  auditKey: [keys.auditKey('{w}', '{time}', 1234)],
  auditMarkKey: [keys.auditMarkKey('{w}', '{event}')],
  structureKey: [keys.structureKey('{w}')],
  sequenceKey: [keys.sequenceKey('{w}')],
  statisticsKey: [keys.statisticsKey('{w}'), keys.statisticsKey('{w}', '{project}')],
  noticeKey: [
    keys.noticeKey({ workspaceId: '{w}', userId: '{user}' }, '{notice}'),
    keys.noticeKey({ workspaceId: null, userId: '{user}' }, '{notice}'),
  ],
  waitingMailKey: [keys.waitingMailKey('{w}', '{user}', '{instant}')],
  preferencesKey: [keys.preferencesKey('{w}', '{user}')],
  jobKey: [keys.jobKey('{w}', '{job}')],
  jobProgressKey: [keys.jobProgressKey('{w}', '{job}')],
  jobListingKey: [keys.jobListingKey('{w}', '{job}')],
  webhookKey: [keys.webhookKey('{w}', 0)],
  webhookFailuresKey: [keys.webhookFailuresKey('{w}', 0)],
  deliveryKey: [keys.deliveryKey('{w}', '{webhook}', '{delivery}')],
  replayKey: [keys.replayKey('{w}', '{webhook}', '{replay}')],
  jobChunkKey: [keys.jobChunkKey('{w}', '{job}', 1)],
}

test('the chart of entities has every key that is built', () => {
  const builders = Object.keys(keys).filter((name) => /Key(Of)?$/.test(name))
  expect(Object.keys(examples).sort()).toEqual(builders.sort())
  for (const { PK, SK } of Object.values(examples).flat()) expect(rows).toContain(`| \`${PK}\` | \`${SK}\` |`)
  const [, entities = ''] = page.split('## Entities')
  const entries = entities.split('##')[0]?.match(/^\| [a-z]/gm)
  expect(entries).toHaveLength(Object.values(examples).flat().length)
})

test('the chart of indexes is that of the table', () => {
  for (const [name, { pk, sk }] of Object.entries(tableDefinition.indexes)) {
    expect(rows).toContain(`| \`${name}\` | \`${pk}\` | \`${sk}\` |`)
  }
})

test('the chart of routes is what they declare', async () => {
  const between = /(?<=<!-- routes:.*-->\n)[\s\S]*?(?=<!-- end of routes -->)/
  expect(page).toMatch(between)
  await expect(page.replace(between, `\n${routeChart(routes)}\n\n`)).toMatchFileSnapshot(fileURLToPath(file))
})
