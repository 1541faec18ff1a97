import fc from 'fast-check'
import { it } from 'vitest'
import { planRollback } from '../../bot/incident/rollback-plan.ts'
import { actionModal } from '../../bot/message/action-modal.ts'
import { answer } from '../../bot/message/answers.ts'
import { customersModal } from '../../bot/message/customers-modal.ts'
import { escalateModal } from '../../bot/message/escalate-modal.ts'
import { holdModal } from '../../bot/message/hold-modal.ts'
import { keyModal } from '../../bot/message/key-modal.ts'
import { liftModal, maintenanceModal } from '../../bot/message/maintenance-modal.ts'
import { loadingRemedyModal, remedyModal, undoModal } from '../../bot/message/remedy-modal.ts'
import { reportModal } from '../../bot/message/report-modal.ts'
import { loadingModal, refusalModal, rollbackModal } from '../../bot/message/rollback-modal.ts'
import { runbookModal } from '../../bot/message/runbook-modal.ts'
import { newKeyModal } from '../../bot/message/show-key-modal.ts'
import { RemedyName } from '../../bot/remedy/remedies.ts'
import { bothLooks } from '../support/builders.ts'
import { incident, settingValue, write } from '../support/random-incidents.ts'
import { moment, pooled, role, weird } from '../support/random-values.ts'
import { expectOpenable } from '../support/sendable.ts'

const metadata = 'x'.repeat(3_000)
const remedyName = fc.constantFrom(...RemedyName.options)
const plan = fc.record({ possible: fc.constant(true as const), from: settingValue, to: settingValue, write })

/** As many keys as an account may have, and their use. */
const use = fc.record({
  from: moment,
  total: fc.nat(),
  isWhole: fc.boolean(),
  keys: fc.array(
    fc.record({ key: weird, count: fc.nat(), refused: fc.nat(), addresses: fc.nat(500), isLeast: fc.boolean() }),
    { maxLength: 8 },
  ),
})
const keys = pooled(
  fc.record({
    keys: fc.option(
      fc.uniqueArray(fc.record({ id: weird.filter((id) => id !== ''), name: weird, enabled: fc.boolean() }), {
        selector: ({ id }) => id.slice(0, 60),
        maxLength: 60,
      }),
      { nil: undefined },
    ),
    usage: fc.oneof(
      fc.record({ is: fc.constant('read' as const), use }),
      fc.record({ is: fc.constant('unread' as const), because: weird }),
    ),
  }),
  200,
)

it('10,000 incidents, in both languages: every modal stays within what Slack takes and pings nobody', () => {
  const run = fc.property(
    incident,
    weird,
    role,
    moment,
    remedyName,
    plan,
    keys,
    (drawn, text, of, at, name, planned, seen) => {
      for (const look of bothLooks) {
        expectOpenable(holdModal(drawn, look, metadata))
        expectOpenable(actionModal(drawn, look, metadata))
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
        const picked = { name: 'disable-key', direction: 'apply', metadata } as const
        expectOpenable(keyModal(seen.keys, seen.usage, drawn, look, picked))
        expectOpenable(reportModal('key', [drawn, drawn], look))
        expectOpenable(reportModal('rollback', [drawn, drawn], look))
        expectOpenable(newKeyModal(text, text, look))
        expectOpenable(maintenanceModal(drawn, look, metadata))
        expectOpenable(customersModal(drawn, look, metadata))
        for (const known of drawn.remedies ?? []) {
          expectOpenable(undoModal(known, drawn, look, { name: known.name, direction: 'undo', metadata }))
          expectOpenable(liftModal(known, drawn, look, metadata))
        }
      }
    },
  )
  fc.assert(run, { numRuns: 10_000, interruptAfterTimeLimit: 280_000, markInterruptAsFailure: true })
}, 300_000)
