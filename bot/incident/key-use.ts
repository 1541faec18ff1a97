import * as z from 'zod'

/** What was asked with each API key, the most used first. */
export interface KeyUse {
  from: string
  /** Requests that came with a key. */
  total: number
  /** False when there were more requests than are read. */
  isWhole: boolean
  keys: { key: string; count: number; refused: number; addresses: number; isLeast: boolean }[]
}

const mostAddresses = 500

/** A line of the access log, of whose format this is what counts here. API Gateway writes a dash for what it lacks. */
const Request = z.object({
  keyId: z.string().min(2).max(60),
  sourceIp: z.string().default('-'),
  status: z.coerce.number().int(),
})

/** Counts requests by their key; those without one, and lines that cannot be read, are left out. */
export function countKeyUse(lines: readonly { message: string }[]): Pick<KeyUse, 'total' | 'keys'> {
  const uses = new Map<string, { count: number; refused: number; addresses: Set<string> }>()
  let total = 0
  for (const { message } of lines) {
    const request = Request.safeParse(readJson(message)).data
    if (request === undefined) continue
    const use = uses.get(request.keyId) ?? { count: 0, refused: 0, addresses: new Set<string>() }
    uses.set(request.keyId, use)
    total += 1
    use.count += 1
    if (request.status === 429) use.refused += 1
    if (use.addresses.size < mostAddresses) use.addresses.add(request.sourceIp)
  }
  return {
    total,
    keys: [...uses]
      .toSorted(([a, one], [b, other]) => other.count - one.count || a.localeCompare(b))
      .map(([key, { count, refused, addresses }]) => ({
        key,
        count,
        refused,
        addresses: addresses.size,
        isLeast: addresses.size >= mostAddresses,
      })),
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
