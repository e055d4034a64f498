import { AsyncLocalStorage } from 'node:async_hooks'
import type { FileUse, TableUse, Uses } from '../../shared/api/declaration.ts'
import type { Table } from '../../shared/data/tablePort.ts'
import type { ExportOffers, ExportParts } from '../../shared/domain/account/exportPorts.ts'
import type { FileObjects, FileOffers } from '../../shared/domain/attachments/ports.ts'

/** What AWS answers whoever lacks a permission. */
class AccessDenied extends Error {
  override readonly name = 'AccessDeniedException'
}

interface Role {
  readonly name: string
  readonly uses: Uses
}

interface Files {
  readonly objects: FileObjects
  readonly offers: FileOffers
  readonly parts: ExportParts
  readonly partOffers: ExportOffers
}

/**
 * Roles of functions as AWS would have them: whatever runs as one touches only what its declaration says, since
 * nothing else is granted there. What runs as none, such as the set-up of a test, may do everything.
 */
export const grants = () => {
  const roles = new AsyncLocalStorage<Role>()
  const need = (kind: 'table' | 'files', use: TableUse | FileUse): void => {
    const role = roles.getStore()
    const declared: readonly string[] = role?.uses[kind] ?? []
    if (role === undefined || declared.includes(use)) return
    throw new AccessDenied(`${role.name} does not declare ${kind}: ${use}`)
  }
  const needing =
    <Args extends unknown[], Result>(
      kind: 'table' | 'files',
      use: TableUse | FileUse,
      run: (...args: Args) => Promise<Result>,
    ) =>
    async (...args: Args): Promise<Result> => {
      need(kind, use)
      return run(...args)
    }
  return {
    as: <Result>(role: Role, run: () => Promise<Result>): Promise<Result> => roles.run(role, run),
    ofTable: (table: Table): Table => ({
      // Looked up with each call: a test may put another table in between later on.
      get: needing('table', 'BatchGetItem', (...given) => table.get(...given)),
      query: async (range) => {
        need('table', range.index === undefined ? 'Query' : `Query:${range.index}`)
        return table.query(range)
      },
      put: needing('table', 'PutItem', (...given) => table.put(...given)),
      update: needing('table', 'UpdateItem', (...given) => table.update(...given)),
      delete: needing('table', 'DeleteItem', (...given) => table.delete(...given)),
      transact: needing('table', 'TransactWriteItems', (...given) => table.transact(...given)),
    }),
    ofFiles: <Given extends Files>(files: Given): Given => {
      const { objects, offers } = files
      return {
        ...files,
        parts: {
          write: needing('files', 'WriteExport', files.parts.write),
          remove: needing('files', 'RemoveExport', files.parts.remove),
        },
        partOffers: { download: needing('files', 'DownloadExport', files.partOffers.download) },
        objects: {
          uploaded: needing('files', 'Accept', objects.uploaded),
          accept: needing('files', 'Accept', objects.accept),
          remove: needing('files', 'Remove', objects.remove),
        },
        offers: {
          upload: needing('files', 'Upload', offers.upload),
          download: needing('files', 'Download', offers.download),
        },
      }
    },
  }
}
