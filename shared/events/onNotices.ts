import type { SQSEvent } from 'aws-lambda'
import * as z from 'zod/mini'
import { noticeMessage } from '../api/schemas/notice.ts'
import { type TellWorld, tellNotice } from '../domain/notices/tell.ts'
import { eachMessage } from './eachMessage.ts'

/** As many messages as come together: what they read travels together. */
const width = 10

/** Handler of the notifications queue. */
export const onNotices = (world: TellWorld) => (event: SQSEvent) =>
  eachMessage(event, {
    failed: 'notice.failed',
    width,
    deal: async (content) => tellNotice(z.parse(noticeMessage, content), world),
  })
