import { expect, it } from 'vitest'
import type { Incident } from '../../bot/incident/incident.ts'
import { ageLines } from '../../bot/message/evidence-age.ts'
import { rootMessage } from '../../bot/message/root-message.ts'
import { aLook, anEvidence, anIncident, aQuietIncident } from '../support/builders.ts'
import { textsOf } from '../support/seen.ts'

const noon = '<!date^1795402800^{date_short_pretty} {time}|2026-11-23 03:00 UTC>'
const evidence = anEvidence()
const isLate: Partial<Incident> = { evidenceIsLate: true }

it.each<[string, Incident, string[], string[]]>([
  ['nothing was read yet', anIncident(), [], []],
  [
    'an alarm rings',
    anIncident({ evidence }),
    [`Read ${noon}, and again every minute while it lasts.`],
    [`${noon} に読み取りました。続いている間は1分ごとに読み直します。`],
  ],
  ['all is quiet', aQuietIncident({ evidence }), [`Read ${noon}.`], [`${noon} に読み取りました。`]],
  [
    'nothing could be read again for minutes',
    anIncident({ evidence, ...isLate }),
    [`*Old:* what is shown was read ${noon} and could not be read again since. It is tried every minute.`],
    [`*古い情報:* ${noon} に読み取ったもので、その後は読み取れていません。1分ごとに再試行しています。`],
  ],
  [
    'nothing could ever be read',
    anIncident(isLate),
    ['*Nothing could be read so far.* It is tried every minute.'],
    ['*まだ何も読み取れていません。* 1分ごとに再試行しています。'],
  ],
])('%s: the message tells how old it is', (_, incident, en, ja) => {
  expect(ageLines(incident, aLook())).toEqual(en)
  expect(ageLines(incident, aLook({ language: 'ja' }))).toEqual(ja)
  const shown = textsOf(rootMessage(incident, aLook()).blocks).join('\n')
  for (const line of en) expect(shown).toContain(line)
})
