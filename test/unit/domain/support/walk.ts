import type { Ask, UseCase } from '../../../../shared/domain/useCase.ts'
import { aMember, anAsk, aPerson } from './builders.ts'

/** What each call answers until there is no next one. */
export const walked = async <Params, World, Loaded, Body>(
  { load, run }: UseCase<Ask<Params>, World, Loaded, Body>,
  params: Params,
  world: World,
): Promise<Body[]> => {
  const bodies: Body[] = []
  let position: string | undefined
  do {
    const ask = { ...anAsk({ params, query: {}, body: undefined }), position }
    const loaded = await load?.(ask, world)
    const { body, nextPosition } = await run(
      { ask, person: aPerson(), member: aMember() },
      loaded as Loaded,
      world,
    )
    bodies.push(body)
    position = nextPosition
  } while (position !== undefined)
  return bodies
}
