import fc from 'fast-check'
import { expect, it } from 'vitest'
import { historyEntry } from '../../bot/incident/history.ts'
import { homeView } from '../../bot/message/home.ts'
import { aLook } from '../support/builders.ts'
import { acknowledges, play, resolves, takesOver } from '../support/incident-builders.ts'
import { reported } from '../support/report-builders.ts'
import { textsOf } from '../support/seen.ts'
import type { Ms } from '../support/week-facts.ts'
import { laneOfWeek, weekBegins, weekEnds } from '../support/week-moves.ts'
import { type Lived, liveWeek } from '../support/week-world.ts'

interface Told {
  opened: Ms
  taken?: Ms
  ended?: Ms
}

/** Each incident of a week by what people did and noticed: opened, first taken, over for good. No record is asked for a time. */
function toldOf({ facts, calls, incidents }: Lived): Told[] {
  const openings = calls.filter(({ what }) => what === 'opens').map(({ at }) => at)
  return openings.map((opened, index) => {
    const until = openings[index + 1] ?? Number.POSITIVE_INFINITY
    const ends = calls.filter(
      ({ at, what }) => at >= opened && at < until && (what === 'is over' || what === 'comes back'),
    )
    const asked = [...incidents.values()].flatMap(({ timeline }) =>
      timeline.filter(({ what }) => what === 'rollback-asked').map(({ at }) => Date.parse(at)),
    )
    // Weeks press nothing where nothing is open.
    const taken = facts.find(
      ({ is, at }) =>
        at >= opened &&
        at < until &&
        // Most rollbacks that are asked for are refused, and nobody has taken anything then.
        (is === 'acknowledges' || is === 'takes over' || (is === 'asks for a rollback' && asked.includes(at))),
    )
    const last = ends.at(-1)
    return {
      opened,
      ...(taken && { taken: taken.at }),
      ...(last?.what === 'is over' && { ended: last.at }),
    }
  })
}

const meanOf = (times: Ms[]): Ms | undefined =>
  times.length === 0 ? undefined : times.reduce((sum, each) => sum + each, 0) / times.length

const units = { d: 86_400_000, h: 3_600_000, min: 60_000, s: 1_000 }
/** `1 h 5 min` as the span of times that are told so: the two largest parts, the rest cut off. */
function spanOf(text: string): { from: Ms; to: Ms } {
  const parts = [...text.matchAll(/(\d+) (d|h|min|s)/g)].map(
    ([, count, unit]) => [Number(count), units[unit as 'd']] as const,
  )
  const from = parts.reduce((sum, [count, unit]) => sum + count * unit, 0)
  const [first, second] = parts
  const next = { [units.d]: units.h, [units.h]: units.min, [units.min]: units.s, [units.s]: units.s }
  const least = second?.[1] ?? next[first?.[1] ?? units.s] ?? units.s
  return { from: from - 500, to: from + least }
}

it('the Home tab shows MTTA and MTTR of random weeks, drills left out', () => {
  let [reopened, taken, drills] = [0, 0, 0]
  fc.assert(
    fc.property(fc.array(laneOfWeek, { minLength: 1, maxLength: 3 }), fc.boolean(), (lanes, hasDrill) => {
      const lived = lanes.map(liveWeek)
      const told = lived.flatMap(toldOf).filter(({ ended }) => ended !== undefined)
      const begins = new Date(weekBegins + 60_000).toISOString()
      const drill = play(
        reported(begins, { kind: 'drill', service: 'drill' }),
        acknowledges('U1', new Date(weekBegins + 120_000).toISOString()),
        takesOver('U2', new Date(weekBegins + 180_000).toISOString()),
        resolves('U2', new Date(weekBegins + 240_000).toISOString()),
      )
      const all = [...lived.flatMap(({ incidents }) => [...incidents.values()]), ...(hasDrill ? [drill] : [])]
      const history = all.flatMap((incident) => historyEntry(incident) ?? [])
      const now = new Date(weekEnds).toISOString()
      const people = { oncall: [], developers: [], managers: [] }
      const facts = {
        now,
        span: 30,
        open: undefined,
        people,
        deployments: [],
        history,
        postmortems: [],
        silences: [],
      } as const
      const shown = textsOf(homeView(facts, aLook()).blocks).join('\n')

      const mtta = meanOf(told.flatMap(({ opened, taken: at }) => (at === undefined ? [] : [at - opened])))
      const mttr = meanOf(told.flatMap(({ opened, ended }) => (ended === undefined ? [] : [ended - opened])))
      if (told.length === 0) return
      expect(shown).toContain(`*Incidents that are over:* ${told.length} (`)
      for (const [name, mean] of [
        ['MTTA', mtta],
        ['MTTR', mttr],
      ] as const) {
        const [, text = ''] = new RegExp(`\\*${name}\\*, from [^*]+: \\*([^*]+)\\* on average`).exec(shown) ?? []
        if (mean === undefined) expect(text).toBe('none')
        else {
          const { from, to } = spanOf(text)
          expect(mean, `${name} ${text}`).toBeGreaterThanOrEqual(from)
          expect(mean, `${name} ${text}`).toBeLessThan(to)
        }
      }
      reopened += history.filter((entry) => entry.reopened > 0).length
      taken += told.filter((one) => one.taken !== undefined).length
      drills += hasDrill ? 1 : 0
    }),
    { numRuns: 100, endOnFailure: true, interruptAfterTimeLimit: 40_000 },
  )
  expect(Math.min(reopened, taken, drills)).toBeGreaterThan(2)
}, 90_000)
