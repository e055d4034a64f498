let count = 0

/** An address in a network of its own, in the block that RFC 3849 reserves: whoever calls from it is new to every limit. */
export const newAddress = (): string =>
  `2001:db8:${(++count >> 16).toString(16)}:${(count & 0xffff).toString(16)}::1`
