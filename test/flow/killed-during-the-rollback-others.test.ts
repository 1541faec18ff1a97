import { killInStep } from '../support/kill-in-step.ts'

const proven = {
  status: 'recovering',
  owner: 'U0AIKO00001',
  rollback: { status: 'helped', from: '42', to: '41', by: 'U0AIKO00001' },
  alias: { version: '41', weights: {} },
} as const

const step = 'the engineer confirms, the alias moves and the proof is found'
await killInStep(step, proven, (lambda) => lambda !== 'sender')
