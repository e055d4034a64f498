import type { Language } from '../../../shared/api/languages.ts'
import { noticeUrl } from '../../../shared/mail/links.ts'
import type { MailNotice } from '../../../shared/mail/notice.ts'
import { unsubscribeUrl } from '../../../shared/mail/unsubscribe.ts'
import { aRecipient, settings } from './notices.ts'

/** What people might call themselves, a task or a workspace to break out of a mail. */
export const bitingWords = [
  '<script>alert(1)</script>',
  '</title></td></table></body>',
  '<a href="https://evil.example">',
  '" onload="alert(1)',
  "' style='position:fixed",
  '<!--',
  ']]>',
  '&lt;b&gt;&#x3c;',
  '\r\nBcc: victim@evil.example\r\n\r\n',
  '\n.\n',
  '\u0000',
  '\u202Egnp.exe',
  '\u2066',
  '\u2069',
  '\u200B\u200D\u200C',
  '{title}{actor}{name}',
  '{count, plural, one {#} other {#}}',
  "'{'",
  '<0>{0}</0>',
  '%0d%0aBcc: victim@evil.example',
  'аdmin@duely.example',
  '$&$1',
  'https://evil.example/a?b=c',
  'javascript:alert(1)',
  'a@evil.example, b@evil.example',
  '=?utf-8?q?=0D=0ABcc:x?=',
  '"',
  '\\',
  ',;<>()@',
  '👩‍👩‍👧‍👦',
  'Z\u0301\u0302\u0303',
  'مضخة',
  '漢字',
  "<img src=x onerror='alert(1)'>",
  'title" style="display:none',
  'url(https://evil.example/track.gif)',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the point
  '{{title}} ${title} <%= title %> %s #{title}',
  "{count, plural, =1 {''} other {{name}}}",
  'List-Unsubscribe: <https://evil.example>',
  '\u0085Subject: won\u2028To: victim@evil.example',
  'ana@team.example <victim@evil.example>',
  'pаypal.com',
  '\uD800',
  'Z\u0337'.repeat(200),
  'x'.repeat(500),
]

const headersOfEvery = [
  'auto-submitted',
  'content-language',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-duely-notice',
]
const inWorkspace = [...headersOfEvery, 'list-id'].sort()
const governed = [...inWorkspace, 'list-unsubscribe', 'list-unsubscribe-post'].sort()
const aboutTask = [...governed, 'in-reply-to', 'references'].sort()
/** Names of the headers that a mail of a kind has, whatever stands in it. */
export const headersOf: Record<MailNotice['kind'], readonly string[]> = {
  welcome: headersOfEvery,
  farewell: headersOfEvery,
  mfa: headersOfEvery,
  invited: inWorkspace,
  bulk: governed,
  several: governed,
  digest: governed,
  weekly: governed,
  webhookDisabled: inWorkspace,
  assigned: aboutTask,
  status: aboutTask,
  mentioned: aboutTask,
  commented: aboutTask,
  reminder: aboutTask,
  dueSoon: aboutTask,
  due: aboutTask,
  overdue: aboutTask,
  escalated: aboutTask,
}

/** Addresses that a mail may lead to: its own page, and those of the tasks it lists. */
export const pagesOf = (notice: MailNotice, language: Language): ReadonlySet<string> => {
  const { publicUrl } = settings
  const listed = [
    ...('overdue' in notice ? [...notice.overdue, ...notice.dueToday] : []),
    ...('completed' in notice ? [...notice.completed, ...notice.next] : []),
    ...('notices' in notice ? notice.notices.flatMap((one) => ('task' in one ? one.task : [])) : []),
  ]
  const stop = unsubscribeUrl(notice, aRecipient({ language }), settings)
  return new Set([
    noticeUrl(notice, publicUrl),
    ...(stop ? [stop] : []),
    ...listed.map(({ id }) => `${publicUrl}/w/wsp_3/tasks/${id}`),
  ])
}

/** Addresses on lines of their own: no words of people stand alone on a line without a mark before them. */
export const ownLine = /^(?: {2})?https:\S+$/gm
export const ownLines = (text: string) => (text.match(ownLine) ?? []).map((line) => line.trim())
