import { killInStep } from '../support/kill-in-step.ts'

const proven = {
  status: 'recovering',
  owner: 'U0AIKO00001',
  rollback: { status: 'helped', from: '42', to: '41', by: 'U0AIKO00001' },
  alias: { version: '41', weights: {} },
} as const

await killInStep('the engineer confirms, the alias moves and the proof is found', proven, ['after'])
