/** Results in the order of the inputs; at most `width` of them are under way at once. */
export const inParallel = async <Input, Output>(
  inputs: readonly Input[],
  width: number,
  run: (input: Input) => Promise<Output>,
): Promise<Output[]> => {
  const outputs: Output[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    for (let index = next++; index < inputs.length; index = next++) {
      outputs[index] = await run(inputs[index] as Input)
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, inputs.length) }, lane))
  return outputs
}
