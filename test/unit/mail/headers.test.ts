import { describe, expect, it } from 'vitest'
import { noticeHeaders } from '../../../shared/mail/headers.ts'
import { aLateReminder, anAssignment, anInvitation, aTask } from './notices.ts'

const url = 'https://duely.example'

describe('noticeHeaders', () => {
  it('threads all mails about a task below one id, and no others', () => {
    const assigned = noticeHeaders(anAssignment(), 'en', url)
    const late = noticeHeaders(aLateReminder(), 'ja', url)
    const other = noticeHeaders(anAssignment({ task: aTask({ id: 'tsk_8' }) }), 'en', url)
    const elsewhere = noticeHeaders(anAssignment({ task: aTask({ workspaceId: 'wsp_4' }) }), 'en', url)
    expect(assigned.References).toBe('<wsp_3.tsk_7@duely.example>')
    expect(assigned['In-Reply-To']).toBe(assigned.References)
    expect(late.References).toBe(assigned.References)
    expect(new Set([assigned.References, other.References, elsewhere.References]).size).toBe(3)
    expect(noticeHeaders(anInvitation(), 'en', url)).not.toHaveProperty('References')
    expect(noticeHeaders({ kind: 'welcome', id: 'ntc' }, 'en', url)).not.toHaveProperty('In-Reply-To')
  })

  it('gives each notice its own message id, the same at every delivery', () => {
    const first = noticeHeaders(anAssignment({ id: 'tsk_1#rem_2#2026-05-05T06:00#usr_3' }), 'en', url)
    expect(first['Message-ID']).toBe('<tsk_1-rem_2-2026-05-05T06-00-usr_3@duely.example>')
    expect(first['X-Duely-Notice']).toBe('tsk_1#rem_2#2026-05-05T06:00#usr_3')
    expect(noticeHeaders(anAssignment({ id: 'ntc_2' }), 'en', url)['Message-ID']).not.toBe(
      first['Message-ID'],
    )
  })

  it('names the workspace as the list, and no list where there is no workspace', () => {
    expect(noticeHeaders(aLateReminder(), 'en', url)['List-Id']).toBe('<wsp_3.duely.example>')
    expect(noticeHeaders(anInvitation(), 'en', url)['List-Id']).toBe('<wsp_3.duely.example>')
    expect(noticeHeaders({ kind: 'welcome', id: 'ntc' }, 'en', url)).not.toHaveProperty('List-Id')
  })

  it('says that a program wrote it, and in which language', () => {
    expect(noticeHeaders({ kind: 'welcome', id: 'ntc' }, 'ar', 'http://127.0.0.1:3000')).toEqual({
      'Message-ID': '<ntc@127.0.0.1>',
      'Auto-Submitted': 'auto-generated',
      'Content-Language': 'ar',
      'X-Duely-Notice': 'ntc',
    })
  })

  it('lets no identifier begin another header', () => {
    const id = 'x\r\nBcc: evil@evil.example\u202E>'
    const headers = noticeHeaders(anAssignment({ id, task: aTask({ id, workspaceId: id }) }), 'en', url)
    for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7E]+$/)
    expect(headers['Message-ID']).toMatch(/^<[\w-]+@duely\.example>$/)
    expect(headers.References).toMatch(/^<[\w-]+\.[\w-]+@duely\.example>$/)
  })
})
