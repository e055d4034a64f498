import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { noticeMessage } from '../api/schemas/notice.ts'
import { type TellWorld, tellNotice } from '../domain/notices/tell.ts'
import { eachMessage, wholeBatch } from './eachMessage.ts'

/** Handler of the notifications queue. */
export const onNotices = (world: TellWorld) => (event: SQSEvent) =>
  eachMessage(event, {
    failed: 'notice.failed',
    width: wholeBatch,
    deal: async (content) => tellNotice(z.parse(noticeMessage, content), world),
  })
