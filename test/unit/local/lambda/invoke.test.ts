import { expect, test } from 'vitest'
import { createInvoke } from '../../../../local/lambda/invoke.ts'

test('events and results cross as JSON, and the context names the function', async () => {
  const event = { a: new Date(0), b: undefined }
  const invoke = createInvoke(
    async () => (received, context) => ({ received, name: context.functionName, same: received === event }),
    () => 1,
  )
  expect(await invoke('hello', event)).toEqual({
    received: { a: '1970-01-01T00:00:00.000Z' },
    name: 'hello',
    same: false,
  })
})

test('a function that takes longer than its timeout has failed', async () => {
  const invoke = createInvoke(
    async () => () => new Promise(() => undefined),
    () => 0.01,
  )
  await expect(invoke('slow', {})).rejects.toThrow('slow: Task timed out after 0.01 seconds')
})
