import type { RemedyRefusal } from '../../incident/remedy.ts'
import type { RemedyName } from '../../remedy/remedies.ts'
import type { NotYet } from '../../remedy/remedy.ts'
import type { RemedyAnswer, RemedyFacts, RemedyWords, ShownProof } from './facts-remedy.ts'
import { keyRemedies } from './key-remedies.en.ts'
import { maintenanceRemedy } from './maintenance.en.ts'

const each: Record<RemedyName, RemedyWords> = {
  'update-less-often': {
    button: 'Update every 10 min',
    undo: 'Undo: update every 10 min',
    title: 'Update less often',
    setting: 'How often prices are fetched',
    value: (shown) => `every ${shown} min`,
    inForce: (shown) => `Prices are fetched every ${shown} min`,
    customers:
      'Prices are up to 10 min old. Above the cache time (5 min unless it was changed) they are marked stale, with their age.',
    provenBy: 'two updates about 10 min apart, within 35 min.',
    proven: ({ minutesApart }) => `updates come ${minutesApart ?? '?'} min apart`,
  },
  'longer-cache': {
    button: 'Keep prices fresh for 10 min',
    undo: 'Undo: keep prices fresh for 10 min',
    title: 'Longer cache time',
    setting: 'How long a price counts as fresh',
    value: (shown) => `${shown} min`,
    inForce: (shown) => `Prices count as fresh for ${shown} min`,
    customers: 'Prices up to 10 min old are no longer marked stale, and clients may keep them that long.',
    provenBy: 'the setting reads back, within 5 min.',
    proven: ({ value }) => `the setting reads back as ${value ?? '?'} min`,
  },
  'other-provider': {
    button: 'Ask the second source first',
    undo: 'Undo: ask the second source first',
    title: 'Other price source',
    setting: 'Which price source is asked first',
    value: (shown) => (shown === 'second' ? 'the second' : shown === 'first' ? 'the first' : shown),
    inForce: (shown) =>
      shown === 'second' ? 'The second price source is asked first' : `Asked first: source ${shown}`,
    customers:
      'Prices come from the second source, which tells no change over 24 h. Coins that it does not know grow old.',
    provenBy: 'a new price that comes from the second source, within 20 min.',
    proven: ({ source }) => `new prices come from ${source ?? '?'}`,
  },
  ...keyRemedies,
  'maintenance-mode': maintenanceRemedy,
}

const missing: Record<NotYet, string> = {
  'not-readable': 'what proves it could not be read',
  'no-update': 'no new price has come since',
  'one-update': 'only one update has come since',
  'too-often': 'updates still come more often than that',
  'no-price-of-it': 'the new prices do not come from that source',
  'still-takes-it': 'the gateway still takes the key',
  'still-refuses-it': 'the gateway still refuses the key',
  'still-throttled': 'calls are still refused',
  'still-answers': 'the price API still answers prices',
}

const refusal: Record<RemedyRefusal, (now: string | undefined) => string> = {
  'already-so': (now) => `It is so already${now ? `: ${now}` : ''}, so there is nothing to change.`,
  'settings-unreadable': () => 'The settings could not be read, and what cannot be read is not overwritten.',
  'keys-unreadable': () => 'The API keys could not be read, so nothing can be changed safely.',
  'none-reserved': () =>
    'Nothing is reserved for the API, so it may already use all that the account has free. A reservation would be a limit and lower that. If calls are refused, the limit of the account must be raised by AWS.',
  'no-room': (now) =>
    `The account has nothing left to reserve${now ? ` (it is ${now} now)` : ''}. Its limit must be raised by AWS: Service Quotas → AWS Lambda → Concurrent executions.`,
  'changed-meanwhile': (now) =>
    `Somebody has changed the setting since${now ? `; it is now ${now}` : ''}. It was left as it is.`,
  'aws-refused': () => 'AWS refused the change.',
  'no-answer': () => 'AWS did not answer, so it is not known whether the setting was changed. Please look at it.',
}

const answers: Record<RemedyAnswer, string> = {
  'remedy-not-offered': 'Nothing was done: no alarm that this helps against rings any more.',
  'remedy-running': 'Nothing was done: this change is already on its way.',
  'remedy-in-force': 'Nothing was done: it is in force already.',
  'remedy-not-in-force': 'Nothing was done: it is not in force, so there is nothing to undo.',
  'too-many-remedies': 'Nothing was done: this incident has as many changes as it can keep.',
  'key-not-yours': 'A new key is shown only to the person who asked for it.',
  'key-already-shown':
    'This key has been shown already, and it is shown only once. If it was lost, undo it and issue another one.',
  'version-going-back':
    'Nothing was done: the previous version is being put back just now, and a price that is answered will prove it. Please press again in some minutes.',
  'maintenance-on':
    'Nothing was done: maintenance mode is on. Lift maintenance mode first; nothing could be proven while the price API answers nothing.',
}

export const remedy = {
  /** With the one thing that it is about. */
  named: (text: string, label: string) => `${text} (${label})`,
  each,
  missing,
  refusal,
  answers,
  modal: {
    loading: 'Reading what it is now. This takes a few seconds.',
    submit: 'Apply',
    undoSubmit: 'Undo',
    change: (setting: string, from: string, to: string) => `*${setting}:* ${from} → ${to}`,
    customers: (what: string) => `*What customers notice:* ${what}`,
    provenBy: (what: string) => `*What proves it:* ${what}`,
    undoing: (from: string) =>
      `*Undo:* from the menu of the incident, also after its end; it becomes “${from}” again. The end of the incident does not undo it.`,
    guarded: 'Nothing is changed if somebody changes it before you.',
    undoProof: '*What proves it:* it is changed back only while it is as we left it.',
    undoCustomers: '*What customers notice:* everything is as before the change.',
  },
  running: ({ what, by, since }: RemedyFacts) => `▸ ${what}: asked by ${by}, ${since}`,
  undoRunning: ({ what, by, since }: RemedyFacts) => `▸ ${what}: being undone, asked by ${by}, ${since}`,
  inForce: ({ what, by, since }: RemedyFacts, proof: ShownProof) => {
    const told = {
      proven: `Proven: ${proof.text}.`,
      waits: 'The proof is awaited; the incident does not end by itself before.',
      missing: `Not proven: ${proof.text}.`,
    }
    return `*Changed:* ${what}, by ${by} since ${since}. ${told[proof.is]} It can be undone below.`
  },
  stillInForce: ({ what, by, since }: RemedyFacts) =>
    `*Still in force:* ${what}, by ${by} since ${since}. The end of the incident has not undone it; the button below does.`,
  thread: {
    asked: (by: string, setting: string, from: string, to: string) =>
      `${by} asked for a change. ${setting}: ${from} → ${to}.`,
    undoAsked: (by: string, setting: string, from: string, to: string) =>
      `${by} asked to undo a change. ${setting}: ${from} → ${to}.`,
    applied: (setting: string, from: string, to: string) =>
      `Changed. ${setting}: ${from} → ${to}. The proof is awaited.`,
    refused: (setting: string, by: string, why: string) =>
      `The change that ${by} asked for was not made (${setting}). ${why}`,
    undoRefused: (setting: string, by: string, why: string) => `What ${by} wanted to undo stays (${setting}). ${why}`,
    said: (message: string) => ` AWS said: “${message}”`,
    proven: (what: string, shows: string, minutes: number) => `${what}: proven after ${minutes} min, ${shows}.`,
    notProven: (what: string, why: string, minutes: number) =>
      `${what}: not proven within ${minutes} min, because ${why}. It stays in force until somebody undoes it.`,
    overtaken: (setting: string, to: string, now: string | undefined) =>
      `Somebody has changed it since. ${setting}: ${to} → ${now ?? '?'}. There is nothing left to undo.`,
    answersAgain: {
      proven: (minutes: number) =>
        `The price API answers prices again, ${minutes} min after maintenance mode was lifted.`,
      'not-proven': (minutes: number) =>
        `Maintenance mode was lifted ${minutes} min ago, and the price API still answers no prices. Look for what keeps it.`,
    },
    undone: (by: string, setting: string, from: string, to: string) => `Undone by ${by}. ${setting}: ${from} → ${to}.`,
  },
}
