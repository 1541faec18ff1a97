/** One text of a language: where it stands, and what it says with these facts. */
export interface Said {
  path: string
  /** With which facts: all of them, none, or a sample of its own. */
  facts: string
  text: string
}

/** Facts for functions that choose by what they are told: by path, one list of arguments for each choice. */
export type Samples = Readonly<Record<string, readonly (readonly unknown[])[]>>

const mostArguments = 7
const asText = new Set<string | symbol>(['toString', 'join', 'replace', 'toLocaleString', 'toFixed', 'trim'])

/** Stands for any fact: it reads as its name in brackets, counts as twelve, and has every property. */
export function fact(name: string): unknown {
  const shown = `⟦${name}⟧`
  return new Proxy(() => shown, {
    get: (_, property) => {
      if (property === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 12 : shown)
      return asText.has(property) ? () => shown : fact(String(property))
    },
  })
}

/** Facts of which none is known. */
const nothing = new Proxy({}, { get: () => undefined })

const whenAllKnown = Array.from({ length: mostArguments }, (_, index) => fact(`argument ${index + 1}`))
const whenNoneKnown = [[], [nothing, nothing], [fact('argument 1'), nothing], [nothing, fact('argument 2')]]

/** Every text there is below `value`, with functions called; deep, in the order of its keys. */
export function textsBelow(value: unknown, samples: Samples, path = ''): Said[] {
  if (typeof value === 'string') return [{ path, facts: '', text: value }]
  if (typeof value === 'function') return said(value as (...facts: readonly unknown[]) => unknown, samples, path)
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no text`)
  return Object.entries(value).flatMap(([key, below]) => textsBelow(below, samples, path ? `${path}.${key}` : key))
}

function said(tell: (...facts: readonly unknown[]) => unknown, samples: Samples, path: string): Said[] {
  const own = samples[path]
  if (own) return own.map((facts, index) => ({ path, facts: `sample ${index + 1}`, text: String(tell(...facts)) }))
  const told = { path, facts: 'all', text: String(tell(...whenAllKnown)) }
  const less = whenNoneKnown.flatMap((facts, index) => {
    const text = attempt(() => tell(...facts))
    return text === undefined ? [] : [{ path, facts: `fewer ${index + 1}`, text }]
  })
  return [told, ...less]
}

/** Most facts are required: a sentence that cannot be told without them is not told. */
function attempt(tell: () => unknown): string | undefined {
  try {
    const text = tell()
    return text === undefined ? undefined : String(text)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** The names of the facts that a text mentions. */
export const factsIn = (text: string): string[] => [...new Set(text.match(/⟦[^⟧]*⟧/g))].toSorted()

/** What is left of a text without the facts that were put in. */
export const ownWords = (text: string): string => text.replace(/⟦[^⟧]*⟧/g, '').replaceAll('undefined', '')
