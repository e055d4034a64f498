import type { Place } from './ports.ts'

/** A place as part of a cursor. */
export const writtenPlace = ({ orderedAt, sequence }: Place): string => `${orderedAt}#${sequence}`

export const placeFrom = (text: string): Place => {
  const [orderedAt = '', sequence] = text.split('#')
  return { orderedAt, sequence: Number(sequence) }
}
