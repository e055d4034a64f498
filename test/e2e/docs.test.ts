import { expect, test } from 'vitest'
import { getDocs, getOpenApi } from '../../shared/api/routes/meta.ts'
import { routes } from '../../shared/api/routes.ts'
import { apiFor, urlOf } from '../support/e2e/api.ts'

test('the OpenAPI 3.1 document describes every declared route, and no other', async () => {
  const { body } = await apiFor().ok(getOpenApi)
  const document = body as {
    openapi: string
    paths: Record<string, Record<string, { operationId?: string }>>
  }
  expect(document.openapi).toMatch(/^3\.1\./)
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map(([method, { operationId }]) => `${method.toUpperCase()} ${path} ${operationId}`),
  )
  expect(described.sort()).toEqual(routes.map(({ method, path, name }) => `${method} ${path} ${name}`).sort())
})

test('the documentation page loads with a policy that lets only our own scripts run, and so do its parts', async () => {
  const page = await fetch(urlOf(getDocs.path))
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toMatch(/^text\/html/)
  const policy = page.headers.get('content-security-policy') ?? ''
  const sources = new Map(policy.split(/;\s*/).map((part) => [part.split(' ')[0], part.split(' ').slice(1)]))
  expect(sources.get('default-src')).toEqual(["'none'"])
  expect(sources.get('script-src')).toEqual(["'self'"])
  expect(sources.get('style-src')).toEqual(["'self'"])
  const html = await page.text()
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
  const parts = [...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(([, path]) => path ?? '')
  expect(parts.length).toBeGreaterThanOrEqual(2)
  for (const part of parts) {
    const response = await fetch(new URL(part, urlOf(getDocs.path)))
    expect(response.status, part).toBe(200)
    expect(response.headers.get('content-type')).toMatch(part.endsWith('.css') ? /^text\/css/ : /javascript/)
    expect((await response.text()).length).toBeGreaterThan(20)
  }
})

test('what is no part of the page is not served', async () => {
  for (const asset of ['package.json', '..%2f..%2fpackage.json', 'swagger-ui-bundle.js.map']) {
    expect((await fetch(urlOf(`/docs/${asset}`))).status).toBe(404)
  }
})
