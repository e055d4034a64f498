import { expect } from 'vitest'
import { triggers } from '../../shared/api/triggers.ts'
import { serviceHeader } from '../cloud/probes/aws.ts'
import { cloudEndpoint, inCloud } from '../support/e2e/cloud.ts'

const headers = serviceHeader('lambda')
const functions = `${cloudEndpoint}/2015-03-31/functions`

/** Names that CloudFormation gave to the functions of a deployment. */
const deployedNames = async (): Promise<readonly string[]> => {
  const names: string[] = []
  for (let marker = ''; ; ) {
    const answer = await fetch(`${functions}/?MaxItems=50&Marker=${marker}`, { headers })
    const { Functions, NextMarker } = (await answer.json()) as {
      Functions: { FunctionName: string }[]
      NextMarker?: string | null
    }
    names.push(...Functions.map(({ FunctionName }) => FunctionName))
    if (!NextMarker) return names
    marker = encodeURIComponent(NextMarker)
  }
}

inCloud('function-invoke')(
  'every schedule’s function does its work with the rights that it has',
  async () => {
    const names = await deployedNames()
    const schedules = triggers.filter(({ kind }) => kind === 'schedule')
    expect(schedules.length).toBeGreaterThan(0)
    for (const { name } of schedules) {
      const deployed = names.filter((one) => one.includes(`${name}Function`))
      expect(deployed, name).toHaveLength(1)
      const answer = await fetch(`${functions}/${deployed[0]}/invocations`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }),
      })
      expect([name, answer.status, answer.headers.get('x-amz-function-error')]).toEqual([name, 200, null])
    }
  },
)
