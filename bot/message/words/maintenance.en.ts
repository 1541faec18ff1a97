import type { RemedyWords } from './facts-remedy.ts'

const name = 'Maintenance mode'
const value = (shown: string): string => (shown === 'off' || shown === 'on' ? shown : `on, expected until ${shown}`)

/** As a setting among what changed. */
export const maintenanceSetting = { name, value }

export const maintenanceRemedy = {
  button: 'Approve maintenance mode',
  undo: 'Lift maintenance mode',
  title: name,
  setting: name,
  value,
  inForce: (shown) => `Maintenance mode is ${value(shown)}`,
  customers: 'No price is answered. Everybody who asks is told that we are in maintenance, and when to try again.',
  provenBy: 'the price API itself answers that it is in maintenance, within 10 min.',
  proven: () => 'the price API answers that it is in maintenance',
} satisfies RemedyWords

/** What managers read: no word of how the service is built. */
export const maintenance = {
  tellButton: 'Tell customers',
  modal: {
    submit: 'Turn it on',
    what: '*What happens*',
    happens: [
      'The price API stops answering prices. Everybody who asks is told that we are in maintenance, and when to try again.',
      'The public status page stays up and says so, with the time that you choose below.',
      'Warnings that come only from this open no new incident and call nobody.',
      'Until it is lifted, the incident stays open and no previous version is put back.',
    ],
    ends: 'It does not end by itself, not at the chosen time either. You, on-call or a developer lift it with the button “Lift maintenance mode”.',
    lasts: 'How long do you expect it to take?',
    lastsHint: 'Customers are told this time. It can be wrong; better say too long than too short.',
    durations: { 30: '30 minutes', 60: '1 hour', 120: '2 hours', 240: '4 hours' },
  },
  lift: {
    submit: 'Lift it',
    now: (shown: string) => `*Now:* maintenance mode is ${shown}.`,
    happens: [
      'The price API answers prices again within some seconds.',
      'The public status page no longer speaks of maintenance.',
      'We ask the price API for a price and tell in the thread whether it answers.',
    ],
    ready: 'Lift it only when what was wrong has been mended.',
  },
  tell: {
    title: 'Tell customers',
    submit: 'Publish',
    intro:
      'This text appears on the public status page, at once and for everybody. It stays until you publish another one, or until the incident ends.',
    before: (by: string, at: string) => `${by} published the present text ${at}. What you publish takes its place.`,
    english: 'In English',
    japanese: 'In Japanese',
    hint: 'Say what customers notice, since when, and what we do. No names of people or systems.',
  },
  notPublic:
    'Nothing is published about this incident: the public status page does not show it, because telling the public would also tell those who might use it.',
  told: (by: string, en: string, ja: string) =>
    `${by} has told customers on the public status page. English: “${en}” Japanese: “${ja}”`,
  draft: {
    unknownImpact: 'Requests for prices may fail or take longer.',
    wrongData: 'Some prices may be wrong.',
    since: (at: string) => `This has been so since ${at} (UTC).`,
    doing: {
      open: 'We are looking into it.',
      acknowledged: 'We are working on it.',
      recovering: 'It has become better, and we keep watching it.',
      resolved: 'It is over.',
    },
    noPrices: 'We answer no prices while we mend a problem.',
    back: (until: string) => `We expect to be back by ${until} (UTC). Please try again then.`,
  },
}
