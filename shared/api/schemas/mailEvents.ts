import * as z from 'zod/mini'

const recipients = z.array(z.looseObject({ emailAddress: z.string() }))
const tag = z.optional(z.array(z.string()))

/** Names of the tags that say which notice a mail tells; SES hands them back with every event. */
export const mailTags = { notice: 'notice', workspace: 'workspace', user: 'user' } as const

const mail = z.looseObject({
  messageId: z.string(),
  tags: z.optional(
    z.looseObject({ [mailTags.notice]: tag, [mailTags.workspace]: tag, [mailTags.user]: tag }),
  ),
})

/** What SES publishes of a mail (Amazon SES Developer Guide, "Contents of event data"), as far as we look at it. */
const mailEvent = z.discriminatedUnion('eventType', [
  z.looseObject({
    eventType: z.literal('Bounce'),
    mail,
    bounce: z.looseObject({
      bounceType: z.string(),
      bounceSubType: z.string(),
      bouncedRecipients: recipients,
      timestamp: z.string(),
    }),
  }),
  z.looseObject({
    eventType: z.literal('Complaint'),
    mail,
    complaint: z.looseObject({
      complainedRecipients: recipients,
      complaintFeedbackType: z.optional(z.nullable(z.string())),
      timestamp: z.string(),
    }),
  }),
  z.looseObject({ eventType: z.enum(['Reject', 'DeliveryDelay']), mail }),
])
export type MailEvent = z.infer<typeof mailEvent>

/** A message of the queue `mailEvents`: the event as EventBridge wraps it. */
export const mailEventMessage = z.looseObject({ source: z.literal('aws.ses'), detail: mailEvent })
