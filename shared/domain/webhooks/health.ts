import type { disabledReasons } from '../../api/schemas/webhooks.ts'
import { daysAfter } from '../time/daysAfter.ts'
import type { Answer } from './egress.ts'
import type { Webhooks } from './ports.ts'
import { isOn, type Webhook } from './webhook.ts'

/** Days in which every delivery fails, after which no more are tried. */
const patienceDays = 5

/** RFC 9110: the target is gone, likely for good; Standard Webhooks takes it as a wish to hear no more. */
const gone = 410

/** Switches a webhook off, unless somebody has changed it since, who may have mended it. */
const disable = async (
  webhook: Webhook,
  why: { readonly because: (typeof disabledReasons)[number]; readonly failingSince: string },
  now: string,
  webhooks: Webhooks,
): Promise<void> => {
  if (!isOn(webhook)) return
  const disabled = { at: now, ...why }
  await webhooks.edit({ ...webhook, disabled, updatedAt: now, version: webhook.version + 1 })
}

export const succeeded = ({ status }: Pick<Answer, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300

/** Keeps account of whether deliveries succeed, and switches off what has failed for days. */
export const noteHealth = async (
  webhook: Webhook,
  answer: Answer,
  now: string,
  webhooks: Webhooks,
): Promise<void> => {
  if (succeeded(answer)) return webhooks.working(webhook)
  const failingSince = await webhooks.failing(webhook, now)
  if (answer.status === gone) return disable(webhook, { because: 'gone', failingSince }, now, webhooks)
  if (daysAfter(failingSince, patienceDays) <= now) {
    await disable(webhook, { because: 'failures', failingSince }, now, webhooks)
  }
}
