/** Enough of an address to tell invitations apart, and too little to write to: `a…@example.com`. */
export const masked = (email: string): string => `${[...email][0]}…${email.slice(email.lastIndexOf('@'))}`
