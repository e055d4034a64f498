import { isDeepStrictEqual } from 'node:util'
import type { TemplatePatch, TemplateReply, TemplateRow } from '../../api/schemas/templates.ts'
import { edit, outdated, requireVersion } from '../edited.ts'
import { existing } from '../failure.ts'
import type { Slice } from '../ports.ts'
import type { Ask, UseCase } from '../useCase.ts'
import { checkContent } from './createTemplate.ts'
import { rowOf, type Template } from './template.ts'
import {
  about,
  answer,
  load,
  type Named,
  namedIn,
  type TemplateAsk,
  type TemplateStores,
} from './templateCase.ts'

type ListAsk = Ask<{ workspaceId: string }, { limit: number }>

export const listTemplates: UseCase<
  ListAsk,
  TemplateStores,
  Slice<Template>,
  { items: TemplateRow[]; next?: string }
> = {
  load: ({ params, query, position }, { templates }) =>
    templates.templates(params.workspaceId, query.limit, position),
  run: async ({ member }, { items, more }) => ({
    body: { items: items.map((template) => rowOf(template, member)) },
    nextPosition: more ? items.at(-1)?.id : undefined,
  }),
}

export const getTemplate: UseCase<TemplateAsk, TemplateStores, Template | undefined, TemplateReply> = {
  load,
  about,
  run: async ({ member }, template) => answer(existing(template), member),
}

type EditAsk = TemplateAsk<TemplatePatch>
interface EditLoaded {
  readonly template: Template | undefined
  readonly named: Named
}

export const editTemplate: UseCase<EditAsk, TemplateStores, EditLoaded, TemplateReply> = {
  load: async (ask, stores) => {
    const [template, named] = await Promise.all([
      load(ask, stores),
      namedIn(ask.body.tasks ?? [], ask.params.workspaceId, stores),
    ])
    return { template, named }
  },
  about: ({ template }) => about(template),
  run: async (call, { template, named }, { templates }) => {
    const { ask, member } = call
    const { body, now, userId, expected } = ask
    const decide = (present: Template): Template => {
      const { name = present.name, description = present.description, tasks = present.tasks } = body
      if (body.tasks !== undefined) checkContent({ kind: present.kind, tasks }, named, call, present.tasks)
      const next = { ...present, name, description, tasks }
      if (isDeepStrictEqual(next, present)) return present
      return { ...next, updatedAt: now, updatedBy: userId, version: present.version + 1 }
    }
    return answer(await edit(existing(template), expected, decide, templates.edit), member)
  },
}

export const deleteTemplate: UseCase<TemplateAsk, TemplateStores, Template | undefined, undefined> = {
  load,
  about,
  run: async ({ ask: { expected } }, loaded, { templates }) => {
    const template = existing(loaded)
    requireVersion(template, expected)
    const removed = await templates.remove(template)
    // Somebody edited it just now, and the caller has not seen that.
    if (!removed.won && removed.present !== undefined) throw outdated(removed.present)
    return { body: undefined }
  },
}
