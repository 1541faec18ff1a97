import type { RemedyName } from '../../remedy/remedies.ts'
import type { ImpactFacts } from './facts-manager.ts'

const eased: Record<RemedyName, string> = {
  'update-less-often': 'prices are fetched less often',
  'longer-cache': 'prices count as fresh for longer',
  'other-provider': 'prices are fetched from our second source',
  'disable-key': 'an access key was blocked',
  'new-key': 'a new access key was issued',
  'raise-concurrency': 'the service was given room for more requests at a time',
  'maintenance-mode': 'the service was stopped for maintenance',
}

/** For management: no word of how the service is built. */
export const manager = {
  title: 'Your decision is needed',
  titleOver: 'Over: no decision is needed any more',
  titleQuiet: 'Quiet again, being watched',
  why: (mention: string, reason: string) => `${mention} you are asked because ${reason}.`,
  impact: '*What customers notice*',
  unlisted: (name: string) => `A part of the system reports a problem: ${name}.`,
  lasted: ({ lasted, asOf }: ImpactFacts) => `• For ${lasted} by now (${asOf})`,
  requests: ({ failed, total, share, since, isWhole }: NonNullable<ImpactFacts['requests']>) =>
    isWhole
      ? `• ${failed} of ${total} requests failed since ${since} (${share})`
      : `• At least ${failed} requests failed since ${since}: ${share} of the ${total} that were counted`,
  measured: ({ measure, value, limit }: NonNullable<ImpactFacts['measured']>) =>
    `• Now: ${measure}: ${value}; up to ${limit} is accepted`,
  priceAge: (age: string) => `• The newest prices are ${age} old`,
  complaints: (n: number) => `• ${n === 1 ? 'One customer has' : `${n} customers have`} complained`,
  tried: '*What was tried*',
  helped: (numbers: string) => `the previous version was put back, and it helped${numbers ? ` (${numbers})` : ''}`,
  didNotHelp: (numbers: string) =>
    `the previous version was put back, without success${numbers ? ` (${numbers})` : ''}`,
  notProven: 'the previous version was put back; too few requests since to tell whether it helped',
  failed: 'putting the previous version back failed',
  running: 'the previous version is being put back now',
  automatic: {
    running: 'the newest change is being undone automatically',
    succeeded: 'the newest change was undone automatically',
    failed: 'undoing the newest change automatically failed',
  },
  eased,
  triedBy: (what: string, who: string, at: string) => `${what} (${who}, ${at})`,
  easeFailed: (what: string) => `attempted without success: ${what}`,
  nothing: 'nothing has been undone or changed so far',
  asked: '*Who was asked*',
  oncall: (who: string, at: string) => `• ${who}, on call, ${at}`,
  developers: (who: string, at: string) => `• ${who}, developers, ${at}`,
  answered: (who: string, at: string) => `• ${who} took it ${at}`,
  noAnswer: '• Nobody has taken it',
  decide: '*Asked of you*',
  told: (text: string, who: string, at: string) => `*Customers were told* by ${who}, ${at}: “${text}”`,
  stopped: (who: string, at: string) =>
    `${who} stopped the service ${at}. Decide when it goes on: *Lift maintenance mode* puts it back.`,
  /** The one decision, by what is still open. */
  decision: {
    open: 'Take it over, or decide whether to stop the service until this is mended. If the team needs time, hold.',
    taken: (who: string) =>
      `${who} has taken it. Decide whether to stop the service until this is mended; if the team needs time, hold.`,
  },
  by: (at: string) => `*By* ${at}. Otherwise you are asked once more, and the service goes on as it is.`,
  askedTwice: 'You have been asked twice. Without a decision the service goes on as it is.',
  heldUntil: (at: string, by: string, reason: string) =>
    `Held until ${at}, ${by} asked for it${reason === '' ? '' : `: “${reason}”`}. You are asked again after that.`,
  takenBy: (who: string, at: string) => `${who} took it over ${at}.`,
  quiet: (until: string) => `Nothing fails any more. It counts as over ${until} unless it comes back.`,
  again: (mention: string, lasted: string) =>
    `${mention} it has gone on for ${lasted} and nobody has decided. The message above says what is asked of you.`,
  outside: 'It is outside office hours; this could not wait for them.',
  over: (lasted: string, from: string, to: string) => `It lasted ${lasted}, from ${from} to ${to}.`,
  endedAlone: 'It ended by itself.',
  endedBy: (who: string) => `${who} declared it over.`,
  openThread: (url: string) => `<${url}|What the team writes about it>`,
  noThread: (id: string) => `The team writes about it in the channel of alerts, incident ${id}.`,
}
