import type { Caution } from '../../incident/caution.ts'
import type { SettingField } from '../../incident/logged-change.ts'
import type { Suspicion } from '../../incident/rollback-plan.ts'
import type { ChangeFacts } from './facts-changes.ts'
import { maintenanceSetting } from './maintenance.en.ts'

const suspicion: Record<Suspicion, string> = {
  likely: 'likely the cause',
  possible: 'possibly the cause',
  unlikely: 'unlikely to be the cause',
}

const settings: Record<SettingField, { name: string; value: (shown: string) => string }> = {
  updateEveryMinutes: { name: 'How often prices are fetched', value: (shown) => `every ${shown} min` },
  cacheTtlMinutes: { name: 'How long a price counts as fresh', value: (shown) => `${shown} min` },
  provider: {
    name: 'Which price source is asked first',
    value: (shown) => (shown === 'first' ? 'the first' : shown === 'second' ? 'the second' : shown),
  },
  maintenance: maintenanceSetting,
}

const cautions: Record<Caution, string> = {
  'stale-prices': 'Stale prices are not cured by rolling back the API.',
  'setting-nearer':
    'A setting was changed after the last deployment. A rollback does not take back a setting: undo it, or set it back.',
  'cause-elsewhere': 'Most of what fails comes from outside of this function. A rollback of it does not cure that.',
}

const by = (who: string | undefined): string => (who ? ` by ${who}` : '')

/** What changed around an alarm. Every string that comes in is ready for mrkdwn. */
export const changes = {
  title: '*What changed*',
  cautions,
  settings,
  caution: (all: string[]) => `⚠️ ${all.join(' ')}`,
  /** One change, with its verdict; `isOther` says that it is of the other function. */
  line: (what: string, judged: Suspicion, isOther: boolean) =>
    `${what}: ${suspicion[judged]}${isOther ? ', as it is about the other function' : ''}`,
  deployed: ({ versions, function: name, gap, who }: ChangeFacts, state: 'done' | 'under-way' | 'failed') => {
    const was = { done: 'deployed', 'under-way': 'deployment begun', failed: 'deployment failed, begun' }[state]
    return `${versions ?? 'a deployment'} of ${name}, ${was} ${gap}${by(who)}`
  },
  putBack: ({ versions, function: name, gap }: ChangeFacts) =>
    `${versions ?? 'a version'} of ${name}, put back by CodeDeploy ${gap}`,
  rolledBack: ({ versions, function: name, gap, who }: ChangeFacts) =>
    `${versions ?? 'a version'} of ${name}, rolled back ${gap}${by(who)}`,
  setting: (name: string, from: string, to: string, gap: string, who: string | undefined) =>
    `${name}: ${from} → ${to}, changed ${gap}${by(who)}`,
  key: {
    created: (name: string, gap: string, who: string | undefined) => `API key ${name} created ${gap}${by(who)}`,
    disabled: (name: string, gap: string, who: string | undefined) => `API key ${name} disabled ${gap}${by(who)}`,
    enabled: (name: string, gap: string, who: string | undefined) => `API key ${name} enabled ${gap}${by(who)}`,
  },
  concurrency: (name: string, from: string, to: string, gap: string, who: string | undefined) =>
    `Concurrency reserved for ${name}: ${from} → ${to}, changed ${gap}${by(who)}`,
  byHand: (name: string, from: string, to: string) => `${name}: ${from} → ${to}, changed by hand, nobody recorded when`,
  details: (what: string, details: string) => `${what}, ${details}`,
  compare: 'compare',
  compareVersions: (from: string, to: string) => `what changed from v${from} to v${to}`,
}
