/** `npm run deploy:localstack`: brings the stacks onto the LocalStack of docker-compose.localstack.yml. */
import { SESClient, VerifyEmailIdentityCommand } from '@aws-sdk/client-ses'
import { localStackUrl, stages } from '../stages.ts'
import { bootstrap, deploy } from './cdk.ts'
import { waitUntilHealthy } from './health.ts'

const { pool, region, sender, publicEndpoint } = stages.localstack
// By number: with a name the SDKs would put the bucket's name before it.
const endpoint = publicEndpoint.replace('localhost', '127.0.0.1')
const patience = 120

/** LocalStack refuses mail from an address nobody verified, and CloudFormation there cannot do it. */
async function verifySender(): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const client = new SESClient({ endpoint, region, credentials })
  await client.send(new VerifyEmailIdentityCommand({ EmailAddress: sender.address }))
  client.destroy()
}

await waitUntilHealthy(`${endpoint}/_localstack/health`, patience)
await waitUntilHealthy(`http://127.0.0.1:9229/${pool.userPoolId}/.well-known/jwks.json`, patience)
await verifySender()
await bootstrap(endpoint)
await deploy(endpoint)

const api = localStackUrl(stages.localstack)
console.info(`
API            ${api}
Documentation  ${api}/docs
Mails          ${publicEndpoint}/_aws/ses
Stop           npm run localstack:down`)
