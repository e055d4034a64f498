/** Stands for the encoder that signs messages of event streams; no operation that a function calls has one. */
export class HeaderFormatter {
  format(): never {
    throw new Error(
      'Event streams are not part of the function bundles: see infra/bundle/plugins/sdkReplacements.ts',
    )
  }
}
