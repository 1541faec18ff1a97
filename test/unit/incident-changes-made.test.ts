import { expect, it } from 'vitest'
import { changeOfRemedy, changeOfRollback } from '../../bot/incident/changes-made.ts'
import { LoggedChange } from '../../bot/incident/logged-change.ts'
import type { RemedyRecord } from '../../bot/incident/remedy.ts'
import type { Write } from '../../bot/remedy/write.ts'
import { anIncident, aPriceIncident, aRollback, later, noon } from '../support/builders.ts'

const aRemedy = (change: Partial<RemedyRecord> = {}): RemedyRecord => ({
  name: 'update-less-often',
  status: 'asked',
  by: 'U1',
  at: noon,
  press: 'press-1',
  from: 5,
  to: 10,
  write: { target: 'settings', field: 'updateEveryMinutes', expect: null, write: 10 },
  updates: [],
  ...change,
})
const changed = (
  write: Write,
  remedy: Partial<RemedyRecord> = {},
  press = 'press-1',
  made?: { id: string; name: string },
) => {
  const incident = aPriceIncident({ remedies: [aRemedy(remedy)] })
  const change = changeOfRemedy(
    incident,
    { kind: 'apply-remedy', name: 'update-less-often', press, write },
    later(3),
    made,
  )
  return change && LoggedChange.parse(change)
}
const common = { id: 'press-1', at: later(3), by: 'U1', incident: 'updater-20261123T030000Z' }
const subject = { id: 'key1', label: 'hoshi-app' }
const made = { id: 'key9', name: 'hoshi-app-new' }
const undo = { by: 'U2', at: noon, press: 'undo-1' }

it.each<[string, Write, Partial<RemedyRecord>, object]>([
  [
    'a setting',
    { target: 'settings', field: 'updateEveryMinutes', expect: null, write: 10 },
    {},
    { what: 'setting', field: 'updateEveryMinutes', from: null, to: 10 },
  ],
  [
    'a setting of any length',
    { target: 'settings', field: 'provider', expect: 'x'.repeat(5_000), write: 'second' },
    {},
    { what: 'setting', field: 'provider', from: 'x'.repeat(100), to: 'second' },
  ],
  [
    'a key that a person picked',
    { target: 'api-key', key: 'key1', expect: 'enabled', write: 'disabled' },
    { name: 'disable-key', subject },
    { what: 'key', key: 'key1', name: 'hoshi-app', from: 'enabled', to: 'disabled' },
  ],
  [
    'a new key that is taken back',
    { target: 'api-key', key: 'key9', expect: 'enabled', write: 'disabled' },
    { name: 'new-key', subject, made },
    { what: 'key', key: 'key9', name: 'hoshi-app-new', from: 'enabled', to: 'disabled' },
  ],
  [
    'concurrency',
    { target: 'concurrency', function: 'crypto-watch-api-function', expect: 50, write: 100 },
    {},
    { what: 'concurrency', role: 'api', from: 50, to: 100 },
  ],
])('%s', (_title, write, remedy, expected) => {
  expect(changed(write, remedy)).toEqual({ ...common, ...expected })
})

it('a new key goes by what was made, and none was made unless the gateway says which', () => {
  const write = { target: 'new-key', replaces: 'key1', name: 'hoshi-app-new' } as const
  expect(changed(write, { name: 'new-key', subject }, 'press-1', made)).toEqual({
    ...common,
    what: 'key',
    key: 'key9',
    name: 'hoshi-app-new',
    from: 'none',
    to: 'enabled',
  })
  expect(changed(write, { name: 'new-key', subject })).toBeUndefined()
})

it.each<[string, string, Partial<RemedyRecord>, string | undefined]>([
  ['whoever asked', 'press-1', {}, 'U1'],
  ['whoever undoes it', 'undo-1', { undo }, 'U2'],
  ['whoever has undone it', 'undo-1', { undone: undo }, 'U2'],
  ['a press that the record does not know', 'press-9', {}, undefined],
])('it was %s', (_who, press, remedy, by) => {
  expect(changed(aRemedy().write, remedy, press)?.by).toBe(by)
})

it('a rollback is known by its effect', () => {
  const effect = { kind: 'move-alias', role: 'api', from: '42', to: '41', aliasRevision: 'r1' } as const
  expect(changeOfRollback(anIncident({ rollback: aRollback() }), effect, '17', noon)).toEqual({
    what: 'alias',
    id: 'api-20261123T030000Z/17',
    at: noon,
    by: 'U1',
    incident: 'api-20261123T030000Z',
    role: 'api',
    from: '42',
    to: '41',
  })
  expect(changeOfRollback(anIncident(), effect, '17', noon)).not.toHaveProperty('by')
})
