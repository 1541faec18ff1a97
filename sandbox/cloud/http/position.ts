import { z } from 'zod'
import { AwsError } from '../aws-error.ts'

/** How many items API Gateway gives at once. */
export const Limit = z.coerce.number().int().min(1).max(500).default(25)

const tokenOf = (id: string): string => Buffer.from(id).toString('base64url')

function lastIdOf(position: string): string {
  const id = Buffer.from(position, 'base64url').toString('utf8')
  if (id === '' || tokenOf(id) !== position)
    throw new AwsError('BadRequestException', `Invalid position parameter: ${position}`)
  return id
}

/**
 * One page, by the order of ids, with the position of the next one. It tells the last id that was given, so that what
 * comes or goes meanwhile moves nothing from one page to another.
 */
export function pageFrom<T extends { id: string }>(
  all: readonly T[],
  limit: number,
  position: string | undefined,
): { items: T[]; next?: string } {
  const after = position === undefined ? '' : lastIdOf(position)
  const left = all.filter(({ id }) => id > after).sort((a, b) => (a.id < b.id ? -1 : 1))
  const items = left.slice(0, limit)
  const last = items.at(-1)
  return { items, ...(last && items.length < left.length && { next: tokenOf(last.id) }) }
}
