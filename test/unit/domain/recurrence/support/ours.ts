import { instances, wallOf } from '../../../../../shared/domain/recurrence/instances.ts'
import { parseRule, type Rule } from '../../../../../shared/domain/recurrence/rule.ts'

export const ruleOf = (text: string): Rule => {
  const rule = parseRule(text)
  if ('problem' in rule) throw new Error(`${text} ${rule.problem}`)
  return rule
}

/** Wall values that the product gives up to a date. */
export const instancesOf = (
  text: string,
  anchor: string,
  monthEnd: 'clamp' | 'skip',
  horizon: string,
  zone = 'UTC',
): string[] => {
  const found: string[] = []
  const series = { rule: ruleOf(text), anchor, monthEnd, exclude: [], zone }
  for (const { day } of instances(series)) {
    const wall = wallOf(series, day)
    if (wall.slice(0, 10) > horizon) break
    found.push(wall)
  }
  return found
}
