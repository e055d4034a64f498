/** The second in which a record was written that came no later than `by`. */
export const secondOf = (by: string): string => `${by.slice(0, 19)}.000Z`
