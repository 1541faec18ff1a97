import type { Incident } from '../../bot/incident/incident.ts'
import { at, fires, later, offers, play, readsEvidence, seesPrices } from './incident-builders.ts'

export const source = 'ExternalApiErrorAlarm'
export const gateway = 'ApiGateway5xxAlarm'

/** The source fails since 03:10, and prices came last at 03:00. */
export const failing = play(fires(source, at('03:10')), readsEvidence(at('03:10')))
export const oldPrices = (incident: Incident = failing, when = at('04:02')) =>
  later(incident, ...seesPrices(when, at('03:00')))
/** The 5xx that follow from it have joined. */
export const joined = later(oldPrices(), offers(gateway, at('04:02:30'), 'ALARM', { value: 100 }))
