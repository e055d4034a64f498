/**
 * Name of the code cache of the runtime that asks. A V8 code cache belongs to one V8, one processor architecture
 * and one set of V8 flags; one from elsewhere is at best refused and has been seen to crash Node
 * (nodejs/node#62781), so a runtime opens only the file that bears its own name. Of the flags that Lambda passes,
 * `--expose-gc` is the one that V8 counts; it shows in `globalThis.gc`.
 */
export function cacheName(exposesGc = globalThis.gc !== undefined): string {
  return `${process.version}-${process.arch}${exposesGc ? '-gc' : ''}.cache`
}
