import { randomInt } from 'node:crypto'

const small = 'abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'

const drawn = (length: number, from: string): string =>
  Array.from({ length }, () => from.charAt(randomInt(from.length))).join('')

/** The secret of a new API key, as hard to guess as the one that AWS draws. */
export const newKeyValue = (): string => drawn(40, small + small.toUpperCase() + digits)

export const newKeyId = (): string => drawn(10, small + digits)
