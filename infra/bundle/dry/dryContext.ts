/** The second argument of a handler, as far as functions look at it. */
export const dryContext = () => ({
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'dryRun',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 10_000,
})
