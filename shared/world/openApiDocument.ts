import { openApi } from '../api/openapi.ts'
import { routes } from '../api/routes.ts'

/**
 * The OpenAPI document for this origin. Bundles read what the build made of it (`precomputedOpenApi.ts`): to make it at
 * each cold start would take them all schemas of the product and a fifth of a second.
 */
export const openApiDocument = (serverUrl: string): object => openApi(routes, serverUrl)
