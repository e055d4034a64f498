const firstMs = 5
const longestMs = 200

/**
 * Waits before another attempt at something that others are in the way of: up to twice as long each time, and
 * at random, so that rivals do not meet again ("full jitter", AWS Builders' Library). `attempt` counts from 1.
 */
export const beforeAttempt = (attempt: number, atMostMs = longestMs): Promise<void> => {
  const most = Math.min(atMostMs, firstMs * 2 ** (attempt - 1))
  return new Promise((resolve) => setTimeout(resolve, Math.random() * most))
}
