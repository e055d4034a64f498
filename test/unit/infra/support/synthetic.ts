import type { Declared, DeployedRoute } from '../../../../infra/declared.ts'
import { declared } from './synthesis.ts'

const tags = ['people', 'work', 'talk']

/** A list as long as the product will have: 110 routes in three groups, every path its own resource. */
export function manyRoutes(count = 110): Declared {
  const routes = Array.from({ length: count }, (_, index): DeployedRoute => {
    const tag = tags[index % tags.length] ?? 'people'
    return {
      name: `route${index}`,
      method: 'GET',
      path: `/v1/${tag}/{workspaceId}/thing${index}`,
      summary: `Route ${index}`,
      tag,
      access: { kind: 'session', reason: 'a list of its own' },
      uses: {
        table: ['GetItem', 'Query:byDue', 'UpdateItem'],
        queues: ['notifications'],
        identity: [],
        mail: true,
      },
    }
  })
  return { ...declared, routes }
}
