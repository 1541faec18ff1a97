import * as z from 'zod'
import type { Clock } from '../../common/clock.ts'
import { AuditedEntry, AuditedIncident } from '../../common/incident-actions.ts'
import { incidentsTable } from '../../common/tables.ts'
import { type Moment, minutes, moment, plus } from '../../common/time.ts'
import type { Item, Items } from '../incident-items.ts'
import { canReach, type Span } from './span.ts'

/** What the record has, and what of it could not be read. */
export interface Found {
  incidents: AuditedIncident[]
  /** By key, and for an entry of the history its name. */
  unread: { key: string; why: string }[]
  /** Months that had no room for each of their incidents. */
  fullMonths: string[]
}

const { history, archiveKey, openKey } = incidentsTable
const aDay = minutes(24 * 60)
const wanted = Object.keys(AuditedIncident.shape)
const Person = z.object({ name: z.string().min(1) })

/** Every month of UTC from one moment to another. */
function monthsBetween(from: Moment, to: Moment): string[] {
  const [year = 0, month = 1] = from.split('-').map(Number)
  const months: string[] = []
  for (let n = month - 1; ; n += 1) {
    const next = moment(Date.UTC(year, n)).slice(0, 7)
    if (next > to.slice(0, 7)) return months
    months.push(next)
  }
}

/** The record of incidents as an audit sees it. Throws where the table gives no answer. */
export function createRecord(items: Items, clock: Clock) {
  const problemIn = (error: z.ZodError): string => z.prettifyError(error).replaceAll('\n', ' ')

  /** Of an incident that stands under two keys the newer copy counts. */
  function read(found: ReadonlyMap<string, Item>): Pick<Found, 'incidents' | 'unread'> {
    const byId = new Map<string, AuditedIncident>()
    const unread: Found['unread'] = []
    for (const [key, item] of found) {
      const { data, error } = AuditedIncident.safeParse(item)
      if (error) unread.push({ key, why: problemIn(error) })
      else if ((byId.get(data.id)?.revision ?? -1) <= data.revision) byId.set(data.id, data)
    }
    return { incidents: [...byId.values()], unread }
  }

  /** What the history lists, as far back as it is kept: something may be done in an incident long after its month. */
  async function entries(until: Moment | undefined) {
    const now = moment(clock.now())
    const months = monthsBetween(plus(now, -(history.keptDays + 31) * aDay), until ?? plus(now, 31 * aDay))
    const listed: AuditedEntry[] = []
    const [unread, fullMonths]: [Found['unread'], string[]] = [[], []]
    for (const [key, item] of await items.get(months.map(history.key))) {
      const names = Object.keys(item).filter((name) => name.startsWith(history.entry))
      if (names.length >= history.mostPerMonth) fullMonths.push(key.slice(history.key('').length))
      for (const name of names) {
        const { data, error } = AuditedEntry.safeParse(item[name])
        if (error) unread.push({ key: `${key} ${name}`, why: problemIn(error) })
        else listed.push(data)
      }
    }
    return { listed, unread, fullMonths: fullMonths.toSorted() }
  }

  return {
    /** All incidents in which somebody can have done something in this span. */
    within: async (span: Span): Promise<Found> => {
      // What ends between the two looks is found by both, and not by neither.
      const live = await items.live()
      const { listed, unread, fullMonths } = await entries(span.until)
      const over = listed.filter((entry) => canReach(entry, span)).map(({ id }) => archiveKey(id))
      const found = await items.get([...live, ...over], wanted)
      const missing = over.filter((key) => !found.has(key))
      const { incidents, unread: others } = read(found)
      return {
        incidents,
        unread: [
          ...unread,
          ...others,
          ...missing.map((key) => ({ key, why: 'it is in the history, and is not there' })),
        ],
        fullMonths,
      }
    },
    /** One incident by its id, whether it is over or not; none where there is none. */
    one: async (id: string): Promise<Found> => {
      const keys = [openKey(id.slice(0, id.lastIndexOf('-'))), archiveKey(id)]
      const found = await items.get(keys, wanted)
      return { ...read(new Map([...found].filter(([, item]) => item.id === id))), fullMonths: [] }
    },
    /** What people are called, by their ids, as far as it is known. */
    names: async (users: readonly string[]): Promise<Map<string, string>> => {
      const found = await items.get(users.map(incidentsTable.personKey))
      const named = users.flatMap((user) => {
        const person = Person.safeParse(found.get(incidentsTable.personKey(user)))
        return person.success ? [[user, person.data.name] as const] : []
      })
      return new Map(named)
    },
  }
}

export type AuditRecord = ReturnType<typeof createRecord>
