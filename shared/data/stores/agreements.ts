import type { Agreements } from '../../domain/attachments/ports.ts'
import { create } from '../creation.ts'
import type { Table } from '../tablePort.ts'

export const agreementStore = (table: Table): Agreements => ({
  keep: (agreement, mark) =>
    create(table, {
      writes: [],
      entity: agreement,
      userId: agreement.userId,
      mark,
      now: agreement.agreedAt,
    }),
})
