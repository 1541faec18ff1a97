import { killInStep } from '../support/kill-in-step.ts'

await killInStep('the alarm rings and the message appears', { status: 'open', timeline: ['alarm-fired × 1'] })
await killInStep('the on-call engineer presses Roll back and the modal fills', { status: 'open', rollback: undefined })
