import { killInStep } from '../support/kill-in-step.ts'

await killInStep('the incident resolves', { status: 'resolved', level: 1, alias: { version: '41', weights: {} } })
