import { randomUUID } from 'node:crypto'
import { claimLasts } from '../incident/outbox.ts'
import type { Look } from '../message/look.ts'
import { type MailPlaces, mailText, peopleIn } from '../message/mail.ts'
import { giveBack, incidentLedger, takeClaim } from './claims.ts'
import type { Mails } from './mail.ts'
import type { PeopleNames } from './people-names.ts'
import { onEffects, type PerformDeps, type Performed, type Task } from './perform.ts'

export interface MailerDeps extends PerformDeps {
  mails: Mails
  personNames: Pick<PeopleNames, 'of'>
  look: Look
  places: MailPlaces
}

/** The Lambda that writes mails. It needs neither Slack nor the sender, because it speaks when they cannot. */
export function createMailer(deps: MailerDeps) {
  return onEffects(deps, (task) => {
    const { effect } = task
    if (effect.kind !== 'mail') throw new Error(`The mailer cannot perform ${effect.kind}`)
    return mail(deps, { ...task, effect })
  })
}

type MailTask = Task<Extract<Task['effect'], { kind: 'mail' }>>

/**
 * Sends under a claim, so that no two mailers send the same. Nobody can look into a mailbox: when an answer was lost,
 * the mail goes out once more after the claim, for twice is better than never.
 */
async function mail(deps: MailerDeps, task: MailTask): Promise<Performed> {
  const { effect, waiting } = task
  const { service, id } = task.incident
  const ledger = incidentLedger(deps.incidents, { service, id })
  const claimed = await takeClaim(deps, ledger, task.stored, waiting.id, randomUUID())
  if (claimed.is === 'already-done') return { is: 'performed', outcome: { is: 'done' } }
  if (claimed.is === 'taken') {
    const inMs = Date.parse(claimed.until) - deps.wall.now().getTime()
    return { is: 'later', inMs, because: 'another mailer may have sent it' }
  }
  const { incident } = claimed.stored
  if (claimed.earlier) deps.log.warn('a mail may go out twice', { incident: incident.id, effect: waiting.id })
  const names = await deps.personNames.of(peopleIn(effect, incident, deps.look, deps.places))
  const sent = await deps.mails.send(effect.audience, mailText(effect, incident, deps.look, deps.places, names))
  switch (sent.is) {
    case 'ok':
      return { is: 'performed', outcome: { is: 'done' }, lastRead: claimed.stored }
    case 'unavailable':
      return { is: 'later', inMs: claimLasts, because: sent.message }
    case 'refused':
      await giveBack(deps, ledger, waiting.id)
      return { is: 'parked', because: sent.code }
    default:
      return sent satisfies never
  }
}
