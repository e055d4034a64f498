/**
 * Stands for `@aws-sdk/credential-provider-node`: a Lambda's credentials are in its environment, so the chain
 * of files, SSO, STS, container and instance metadata is never needed there. Read on each call, as Lambda and
 * tests may set them late.
 * @throws an error named `CredentialsProviderError` when the variables are not set
 */
export const defaultProvider = () => async () => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
  }
  const message = 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: bundles take credentials from there only'
  throw Object.assign(new Error(message), { name: 'CredentialsProviderError' })
}
