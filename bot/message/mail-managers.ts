import type { Incident } from '../incident/incident.ts'
import type { Mail } from '../incident/mail.ts'
import { code, when } from './format.ts'
import { impactLines } from './impact-part.ts'
import { type Look, words } from './look.ts'
import type { MailDraft, MailPlaces } from './mail.ts'
import { askedLines, decisionLines, plainImpact } from './manager-card.ts'
import { reasonSentence } from './reasons.ts'
import { triedLines } from './tried-part.ts'

/** Asks management for one decision, without a word of how the service is built. */
export function mailToManagers(effect: Mail, incident: Incident, look: Look, places: MailPlaces): MailDraft {
  const { mail: say, manager: card } = words(look)
  const { status, resolved } = incident
  const impact = plainImpact(incident, look)
  const reason = reasonSentence({ ...effect, why: effect.why ?? '' }, incident, look, true)
  // A mail that had to wait says how it ended rather than ask for what is over.
  if (status === 'resolved') {
    const end = resolved?.at ?? effect.at
    return {
      subject: say.manager.overSubject(impact),
      parts: [
        [say.manager.over(when(end))],
        [card.impact, impact, ...impactLines(incident, look)],
        [card.tried, ...triedLines(incident, look)],
        where(incident, look, places),
      ],
    }
  }
  return {
    subject: say.manager.subject(impact),
    parts: [
      [say.manager.because(reason)],
      [card.impact, impact, ...impactLines(incident, look)],
      [card.tried, ...triedLines(incident, look)],
      [card.asked, ...askedLines(incident, look)],
      [card.decide, ...decisionLines(incident, look)],
      where(incident, look, places),
    ],
  }
}

function where(incident: Incident, look: Look, { alerts }: MailPlaces): (string | undefined)[] {
  const { mail: say } = words(look)
  return [
    say.thread(code(incident.id, 200), alerts.startsWith('#') ? alerts : say.alertsChannel),
    incident.slackAway && say.manager.slackAway,
  ]
}
