import { z } from 'zod'
import type { EffectKind } from '../../bot/incident/effect.ts'
import type { Log } from '../../common/logger.ts'
import type { Journal, Told } from './journal.ts'

/** Who performs an effect, and what it is in words. */
const effectWords: Record<EffectKind, { by: string; does: string }> = {
  show: { by: 'sender', does: 'show the message' },
  reply: { by: 'sender', does: 'reply in the thread' },
  page: { by: 'sender', does: 'page people' },
  'show-card': { by: 'sender', does: 'show a card' },
  'find-managers': { by: 'sender', does: 'look up who is management' },
  'ask-again': { by: 'sender', does: 'ask management again' },
  'post-draft': { by: 'sender', does: 'post the draft of the postmortem' },
  'read-evidence': { by: 'evidence', does: 'read the evidence' },
  'fill-modal': { by: 'evidence', does: 'fill the modal' },
  'start-rollback': { by: 'worker', does: 'start the rollback' },
  'check-deployment': { by: 'worker', does: 'check the deployment' },
  'move-alias': { by: 'worker', does: 'move the alias' },
  'verify-rollback': { by: 'worker', does: 'prove the rollback' },
  'fill-remedy-modal': { by: 'evidence', does: 'fill the modal of the remedy' },
  'apply-remedy': { by: 'remedy', does: 'apply the remedy' },
  'undo-remedy': { by: 'remedy', does: 'undo the remedy' },
  'verify-remedies': { by: 'evidence', does: 'prove the remedy' },
  'verify-keys': { by: 'remedy', does: 'ask the gateway with the keys' },
  'verify-maintenance': { by: 'worker', does: 'ask the API whether it answers prices' },
  'show-key': { by: 'remedy', does: 'show the new key to one person' },
  mail: { by: 'mailer', does: 'send a mail' },
  archive: { by: 'sweep', does: 'file the incident away' },
}
const isEffect = (kind: string): kind is EffectKind => kind in effectWords
const wordsFor = (kind: string) => (isEffect(kind) ? effectWords[kind] : { by: 'performing', does: kind })

const Decided = z.object({
  incident: z.string(),
  event: z.string(),
  because: z.string(),
  effects: z.array(z.string()),
})
const Performed = z.object({ incident: z.string(), effect: z.string(), outcome: z.string() })
const Waits = z.object({ incident: z.string(), because: z.string(), ms: z.number() })
const Refused = z.object({ why: z.string(), incident: z.string().optional() })
/** The fields by which a line of the bot's log says what the matter is. */
const Trouble = z.object({
  incident: z.string().optional(),
  because: z.string().optional(),
  error: z.string().optional(),
  code: z.string().optional(),
  check: z.string().optional(),
  method: z.string().optional(),
})

const spaced = (name: string) => name.replaceAll('-', ' ')

function decision({ incident, event, because, effects }: z.output<typeof Decided>): Told | undefined {
  // What an effect came to is told by its performer; only what follows from it is news.
  if (event === 'effect-done' && effects.length === 0) return undefined
  const does = effects.map((kind) => wordsFor(kind).does)
  const then = does.length > 0 ? `to do: ${does.join(', ')}` : 'nothing to do'
  return {
    kind: 'decision',
    incident,
    text: `Event “${spaced(event)}” → decided, because ${spaced(because)} → ${then}`,
    details: { event, because, effects },
  }
}

function ofInfo(message: string, details: object): Told | undefined {
  switch (message) {
    case 'decided': {
      const line = Decided.safeParse(details).data
      return line && decision(line)
    }
    case 'performed': {
      const line = Performed.safeParse(details).data
      if (!line) return undefined
      const { by, does } = wordsFor(line.effect)
      const ends = line.outcome === 'undeliverable' ? 'could not' : 'performed:'
      return { kind: 'effect', incident: line.incident, text: `The ${by} Lambda ${ends} ${does}`, details: { ...line } }
    }
    case 'an effect waits': {
      const line = Waits.safeParse(details).data
      if (!line) return undefined
      const seconds = Math.max(1, Math.round(line.ms / 1000))
      return { kind: 'effect', incident: line.incident, text: `An effect waits ${seconds} s, because ${line.because}` }
    }
    case 'a press was refused':
    case 'a rollback was refused':
    case 'a remedy was refused': {
      const line = Refused.safeParse(details).data
      if (!line) return undefined
      const { why, incident } = line
      return { kind: 'person', text: `The bot refused: ${spaced(why)}`, ...(incident !== undefined && { incident }) }
    }
    default:
      return undefined
  }
}

function ofTrouble(message: string, details: object): Told {
  const { incident, ...facts } = Trouble.safeParse(details).data ?? {}
  const why = facts.because ?? facts.error ?? facts.code ?? facts.check
  const of = facts.method === undefined ? '' : ` (${facts.method})`
  return {
    kind: 'trouble',
    text: `The bot reports: ${message}${of}${why === undefined ? '' : `: ${why}`}`,
    ...(incident !== undefined && { incident }),
  }
}

/** The bot's log, which tells the journal what it says on its way through. */
export function tellBot(journal: Journal, log: Log): Log {
  const tell = (told: Told | undefined) => {
    if (told) journal.add(told)
  }
  return {
    debug: log.debug,
    info: (message, details = {}) => {
      log.info(message, details)
      tell(ofInfo(message, details))
    },
    warn: (message, details = {}) => {
      log.warn(message, details)
      tell(ofTrouble(message, details))
    },
    error: (message, details = {}) => {
      log.error(message, details)
      tell(ofTrouble(message, details))
    },
  }
}
