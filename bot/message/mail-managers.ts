import { minutes, plus } from '../../common/time.ts'
import { respondWithin } from '../incident/escalation.ts'
import type { Incident } from '../incident/incident.ts'
import type { Mail } from '../incident/mail.ts'
import { code, duration, when } from './format.ts'
import { type Look, person, words } from './look.ts'
import type { MailDraft, MailPlaces } from './mail.ts'
import { impactOf, measuredOf, triedOf } from './page-managers.ts'
import { reasonSentence } from './reasons.ts'

/** Asks management for one decision, without a word of how the service is built. */
export function mailToManagers(effect: Mail, incident: Incident, look: Look, places: MailPlaces): MailDraft {
  const { mail: say, talk } = words(look)
  const { managers: card } = talk.page
  const { oncall, developers } = look.people
  const { owner, ringingSince, status, resolved, complaints } = incident
  const impact = impactOf(incident, look)
  const reason = reasonSentence({ ...effect, why: effect.why ?? '' }, incident, look, true)
  // A mail that had to wait says how it ended rather than ask for what is over.
  if (status === 'resolved') {
    const end = resolved?.at ?? effect.at
    return {
      subject: say.manager.overSubject(impact),
      parts: [
        [say.manager.over(when(end))],
        [card.impact(impact), card.since(when(ringingSince))],
        where(incident, look, places),
      ],
    }
  }
  return {
    subject: say.manager.subject(impact),
    parts: [
      [say.manager.because(reason)],
      [
        card.impact(impact),
        say.manager.since(
          when(ringingSince),
          duration(Date.parse(effect.at) - Date.parse(ringingSince), look.language),
        ),
        measuredOf(incident, look),
        complaints && say.manager.complaints(complaints.count),
      ],
      [talk.page.tried(triedOf(incident, look))],
      [
        owner ? card.asked(person(owner.user)) : card.nobody(say.both(oncall, developers)),
        ...(owner ? [say.manager.askedToo(say.both(oncall, developers))] : []),
      ],
      [card.decide, say.manager.until(when(answerBy(effect, incident))), say.manager.otherwise],
      where(incident, look, places),
    ],
  }
}

/** Management has as long as whoever is asked first. */
function answerBy(effect: Mail, { severity }: Incident): string {
  const within = respondWithin[severity]
  return plus(effect.at, minutes(typeof within === 'number' ? within : 60))
}

function where(incident: Incident, look: Look, { alerts }: MailPlaces): (string | undefined)[] {
  const { mail: say } = words(look)
  return [
    say.thread(code(incident.id, 200), alerts.startsWith('#') ? alerts : say.alertsChannel),
    incident.slackAway && say.manager.slackAway,
  ]
}
