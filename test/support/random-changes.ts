import fc from 'fast-check'
import { SettingField } from '../../bot/incident/logged-change.ts'
import type { SeenChange } from '../../bot/incident/seen-change.ts'
import { maybe, moment, number, role, weird, withMaybe } from './random-values.ts'

const setting = fc.oneof(weird, number, fc.constant(null))
const commits = fc.record({ older: fc.oneof(weird, fc.constant('0123456')), newer: fc.constant('abcdef1') })
const made = { id: weird.filter((text) => text !== ''), at: moment, incident: weird }
const change: fc.Arbitrary<SeenChange> = fc.oneof(
  withMaybe(
    fc.record({ what: fc.constant('deployment' as const), role, id: weird, at: moment, status: weird }),
    maybe('from', weird),
    maybe('to', weird),
    maybe('undoes', weird),
    maybe('author', weird),
    maybe('commit', weird),
    maybe('subject', weird),
    maybe('commits', commits),
  ),
  withMaybe(
    fc.record({
      what: fc.constant('setting' as const),
      ...made,
      field: fc.constantFrom(...SettingField.options),
      from: setting,
      to: setting,
    }),
    maybe('by', weird),
  ),
  withMaybe(
    fc.record({ what: fc.constant('alias' as const), ...made, role, from: weird, to: weird }),
    maybe('by', weird),
    maybe('commits', commits),
  ),
  withMaybe(
    fc.record({
      what: fc.constant('key' as const),
      ...made,
      key: weird,
      from: fc.constantFrom('enabled' as const, 'disabled' as const, 'none' as const),
      to: fc.constantFrom('enabled' as const, 'disabled' as const),
    }),
    maybe('by', weird),
    maybe('name', weird),
  ),
  fc.record({ what: fc.constant('concurrency' as const), ...made, role, from: number, to: number }),
  fc.record({
    what: fc.constant('by-hand' as const),
    field: fc.constantFrom(...SettingField.options),
    logged: setting,
    now: setting,
  }),
)
export const changes = fc.record({ list: fc.array(change, { maxLength: 8 }), more: fc.nat(300) })
export const health = withMaybe(
  fc.record({ from: moment, to: moment, calls: fc.nat(), errors: fc.nat(), requests: fc.nat() }),
  maybe('p95', number),
  maybe('before', fc.record({ until: moment, p95: number })),
)
