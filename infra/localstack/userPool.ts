/** Runs the local user pool in its container: see docker-compose.localstack.yml. */
import { connect, createServer, type Socket } from 'node:net'
import { startCognito } from '../../local/parts/cognito.ts'
import { stages } from '../stages.ts'

/** A variable that the compose file sets. */
function setting(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; it belongs into docker-compose.localstack.yml`)
  return value
}

const pool = await startCognito({
  dataDir: setting('POOL_DATA'),
  sesEndpoint: setting('SES_ENDPOINT'),
  mailSender: stages.localstack.sender.address,
})
const poolPort = Number(new URL(pool.endpoint).port)

// The pool itself listens on loopback, as every embedded part. Inside the container the other containers
// have to reach it; outside, the compose file publishes the port on this machine's loopback only.
const door = createServer((caller) => join(caller, connect(poolPort, '127.0.0.1')))
door.listen(Number(setting('POOL_PORT')), setting('POOL_HOST'), () => console.info('User pool is ready'))

/** Copies between two connections; when one breaks, both end. */
function join(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one)
  one.once('error', () => other.destroy())
  other.once('error', () => one.destroy())
}

process.once('SIGTERM', () => {
  door.close()
  void pool.close().then(() => process.exit(0))
})
