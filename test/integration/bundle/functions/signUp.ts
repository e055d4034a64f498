/** A function with a second client, for the tests of the build. */
import {
  CognitoIdentityProviderClient,
  NotAuthorizedException,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'

const client = new CognitoIdentityProviderClient({
  requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
})

export async function handler(event: { password: string }) {
  const input = { ClientId: 'client', Username: 'a@example.com', Password: event.password }
  try {
    return await client.send(new SignUpCommand(input))
  } catch (error) {
    if (error instanceof NotAuthorizedException)
      return { name: error.name, fault: error.$fault, message: error.message }
    throw error
  }
}
