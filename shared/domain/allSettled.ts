/** All of them, whatever becomes of the others; then throws what the first that failed could not do. */
export const allSettled = async <Value>(all: readonly Promise<Value>[]): Promise<Value[]> => {
  const settled = await Promise.allSettled(all)
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}
