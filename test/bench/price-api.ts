import { Bench } from 'tinybench'
import { type Contender, createContenders, eventOf, type Question } from './contenders.ts'

/**
 * How much the price API costs beside a bare Hono handler that answers the same bytes, and beside a handler
 * that reads the table for each request. Only ratios within one run mean anything; the machine decides the rest.
 */

const questions: Record<string, Question> = {
  'one price': { path: '/v1/prices/bitcoin', query: { currency: 'usd' } },
  'two coins in two currencies': { path: '/v1/prices', query: { ids: 'bitcoin,ethereum', currency: 'usd,jpy' } },
}
const runMs = 1_500
const barWidth = 24

interface Line {
  name: string
  perSecond: number
  medianMs: number
  p99Ms: number
}

async function measure(named: Record<string, Contender>, question: Question): Promise<Line[]> {
  const bench = new Bench({ time: runMs, warmupTime: 300 })
  const event = eventOf(question)
  for (const [name, contender] of Object.entries(named))
    bench.add(name, async () => {
      const { statusCode } = await contender(event)
      if (statusCode !== 200) throw new Error(`${name} answered ${statusCode}.`)
    })
  await bench.run()
  return bench.tasks.map(({ name, result }) => {
    if (!('throughput' in result)) throw new Error(`${name} could not be measured.`, { cause: result })
    const { throughput, latency } = result
    return { name, perSecond: throughput.mean, medianMs: latency.p50, p99Ms: latency.p99 }
  })
}

const rounded = (value: number): string => (value >= 10 ? value.toFixed(0) : value.toPrecision(2))

function draw(title: string, lines: readonly Line[]): string {
  const [ours] = lines
  if (ours === undefined) return title
  const most = Math.max(...lines.map(({ perSecond }) => perSecond))
  const wide = Math.max(...lines.map(({ name }) => name.length))
  const rows = lines.map(({ name, perSecond, medianMs, p99Ms }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((barWidth * perSecond) / most))).padEnd(barWidth)
    const beside =
      name === ours.name
        ? ''
        : `   ours: ${rounded(ours.perSecond / perSecond)} × the requests, ${rounded(ours.medianMs / medianMs)} × the median`
    const numbers = `${Math.round(perSecond).toLocaleString('en').padStart(9)}/s   median ${medianMs.toFixed(3)} ms   p99 ${p99Ms.toFixed(3)} ms`
    return `  ${name.padEnd(wide)} ${bar} ${numbers}${beside}`
  })
  return [title, ...rows].join('\n')
}

const contenders = await createContenders()
try {
  for (const [title, question] of Object.entries(questions)) {
    const named: Record<string, Contender> = {
      'price API': contenders.ours,
      'bare Hono, same bytes': await contenders.bareHono(question),
      // It answers one coin in one currency only.
      ...(title === 'one price' && { 'GetItem each time': contenders.readEachTime }),
    }
    process.stdout.write(`\n${draw(title, await measure(named, question))}\n`)
  }
} finally {
  await contenders.close()
}
