import type { StageSettings, Stages } from '../../infra/stages.ts'

const shared = {
  region: 'ap-northeast-1',
  alarmMail: ['on-call@hoshi.example'],
  managerMail: ['management@hoshi.example'],
  healthMail: ['keepers@hoshi.example'],
  repository: 'hoshi/crypto-watch',
  coinGeckoKey: false,
}

const slack = (channel: (name: string) => string): StageSettings['slack'] => ({
  language: 'en',
  oncall: 'S0ONCALL001',
  developers: 'S0DEVELOP01',
  managers: 'S0MANAGER01',
  channels: {
    alerts: channel('alerts'),
    dev: channel('dev'),
    incidents: channel('incidents'),
    deploys: channel('deploys'),
  },
})

/** The settings of a team. Tests are about the templates, whatever a team has set in its own file. */
export const sampleStages: Stages = {
  staging: { ...shared, slack: slack(() => '#crypto-watch-staging'), logDays: 14 },
  prod: { ...shared, slack: slack((name) => `#crypto-watch-${name}`), logDays: 90 },
}
