/** Stands for the codec of event streams; no operation that a function calls has one. */
export class EventStreamSerde {
  constructor() {
    throw new Error(
      'Event streams are not part of the function bundles: see infra/bundle/plugins/sdkReplacements.ts',
    )
  }
}

export const eventStreamSerdeProvider = (): EventStreamSerde => new EventStreamSerde()
