import fc from 'fast-check'
import { it } from 'vitest'
import { planRollback } from '../../bot/incident/rollback-plan.ts'
import { answer } from '../../bot/message/answers.ts'
import { escalateModal } from '../../bot/message/escalate-modal.ts'
import { loadingRemedyModal, remedyModal, undoModal } from '../../bot/message/remedy-modal.ts'
import { loadingModal, refusalModal, rollbackModal } from '../../bot/message/rollback-modal.ts'
import { runbookModal } from '../../bot/message/runbook-modal.ts'
import { RemedyName } from '../../bot/remedy/remedies.ts'
import { bothLooks } from '../support/builders.ts'
import { incident, settingValue, write } from '../support/random-incidents.ts'
import { moment, role, weird } from '../support/random-values.ts'
import { expectOpenable } from '../support/sendable.ts'

const metadata = 'x'.repeat(3_000)
const remedyName = fc.constantFrom(...RemedyName.options)
const plan = fc.record({ possible: fc.constant(true as const), from: settingValue, to: settingValue, write })

it('10,000 incidents, in both languages: every modal stays within what Slack takes and pings nobody', () => {
  const run = fc.property(incident, weird, role, moment, remedyName, plan, (drawn, text, of, at, name, planned) => {
    for (const look of bothLooks) {
      expectOpenable(loadingModal(drawn, look, { role: of }))
      expectOpenable(escalateModal(drawn, look, metadata))
      expectOpenable(runbookModal(drawn, look))
      expectOpenable(refusalModal(answer('alias-moved', drawn, look), look))
      const found = drawn.evidence?.functions[of]
      if (found) expectOpenable(rollbackModal(planRollback(of, found, at), drawn, look, metadata))
      const refused = { possible: false, why: 'target-missing', to: text, now: text } as const
      expectOpenable(rollbackModal(refused, drawn, look, metadata))
      expectOpenable(loadingRemedyModal(drawn, look, name))
      expectOpenable(remedyModal(planned, drawn, look, { name, direction: 'apply', metadata }))
      const already = { possible: false, why: 'already-so', now: text } as const
      expectOpenable(remedyModal(already, drawn, look, { name, direction: 'apply', metadata }))
      for (const known of drawn.remedies ?? [])
        expectOpenable(undoModal(known, drawn, look, { name: known.name, direction: 'undo', metadata }))
    }
  })
  fc.assert(run, { numRuns: 10_000 })
}, 300_000)
